// SPDX-License-Identifier: MIT
#include <gradus/core/evaluate.hpp>

#include "support/texts.hpp"

#include <gradus/core/lane.hpp>

#include <doctest/doctest.h>

#include <string>

using gradus::Lane;

namespace {

// Operations on text that count themselves: they show what is evaluated, and with which operands.
struct Words {
  static inline int calls = 0;

  static std::string constant(double x) { return std::to_string(static_cast<int>(x)); }
  static std::string both(const std::string& x, const char* sign, const std::string& y) {
    return ++calls, "(" + x + sign + y + ")";
  }
  static std::string add(const std::string& x, const std::string& y) { return both(x, "+", y); }
  static std::string sub(const std::string& x, const std::string& y) { return both(x, "-", y); }
  static std::string mul(const std::string& x, const std::string& y) { return both(x, "*", y); }
  static std::string lone_mul(const std::string& x, const std::string& y) { return both(x, "#", y); }
  static std::string div(const std::string& x, const std::string& y) { return both(x, "/", y); }
  static std::string min(const std::string& x, const std::string& y) { return both(x, " min ", y); }
  static std::string max(const std::string& x, const std::string& y) { return both(x, " max ", y); }
  static std::string neg(const std::string& x) { return ++calls, "-" + x; }
  static std::string abs(const std::string& x) { return ++calls, "|" + x + "|"; }
  static std::string sqrt(const std::string& x) { return ++calls, "sqrt" + x; }
  static std::string cbrt(const std::string& x) { return ++calls, "cbrt" + x; }
  static std::string exp(const std::string& x) { return ++calls, "exp" + x; }
  static std::string log(const std::string& x) { return ++calls, "log" + x; }
  static std::string fma(const std::string& x, const std::string& y, const std::string& z) {
    return ++calls, "fma(" + x + "," + y + "," + z + ")";
  }
  static std::string choose(const char* sign, const std::string& x, const std::string& y, const std::string& yes,
                            const std::string& no) {
    return ++calls, "(" + x + sign + y + "?" + yes + ":" + no + ")";
  }
  static std::string choose_less(const std::string& x, const std::string& y, const std::string& yes,
                                 const std::string& no) {
    return choose("<", x, y, yes, no);
  }
  static std::string choose_less_equal(const std::string& x, const std::string& y, const std::string& yes,
                                       const std::string& no) {
    return choose("<=", x, y, yes, no);
  }
  static std::string choose_equal(const std::string& x, const std::string& y, const std::string& yes,
                                  const std::string& no) {
    return choose("==", x, y, yes, no);
  }
};

template <auto Text>
std::string spelled() {
  using Chain = support::TextChain<Text>;
  const std::string stream[]{"p", "x", "y", "z", "w"};
  std::string done[static_cast<std::size_t>(Chain::graph.size)];
  gradus::detail::evaluate<Chain, Words>(done, stream, static_cast<const std::string*>(nullptr));
  return done[Chain::measured.of[0]];
}

}  // namespace

TEST_SUITE_BEGIN("evaluate");

TEST_CASE("every operation calls the matching function, with its operands in order") {
  CHECK(spelled<TEXT(x - y + z)>() == "((x-y)+z)");
  CHECK(spelled<TEXT(x / y * 2)>() == "((x/y)*2)");
  CHECK(spelled<TEXT(sqrt(abs(-x)))>() == "sqrt|-x|");
  CHECK(spelled<TEXT(cbrt(exp(log(x))))>() == "cbrtexplogx");
  CHECK(spelled<TEXT(pow(x, y))>() == "exp(y*logx)");
  CHECK(spelled<TEXT(fma(x, y, z))>() == "fma(x,y,z)");
  CHECK(spelled<TEXT(min(x, y))>() == "(x min y)");
  CHECK(spelled<TEXT(max(x, y))>() == "(x max y)");
  CHECK(spelled<TEXT(select(x < y, z, w))>() == "(x<y?z:w)");
  CHECK(spelled<TEXT(select(x <= y, z, w))>() == "(x<=y?z:w)");
  CHECK(spelled<TEXT(select(x == y, z, w))>() == "(x==y?z:w)");
}

TEST_CASE("a product that feeds a sum is kept from being fused, and no other") {
  CHECK(spelled<TEXT(x * y + z)>() == "((x#y)+z)");
  CHECK(spelled<TEXT(z - x * y)>() == "(z-(x#y))");
  CHECK(spelled<TEXT(x * y * z)>() == "((x*y)*z)");
  CHECK(spelled<TEXT(x * y / z)>() == "((x*y)/z)");
}

TEST_CASE("equal nodes are evaluated once, and unused nodes not at all") {
  Words::calls = 0;
  CHECK(spelled<TEXT((x + y) * (x + y))>() == "((x+y)*(x+y))");
  CHECK(Words::calls == 2);
  Words::calls = 0;
  CHECK(spelled<[](Lane x, Lane y, Lane z, Lane) { return static_cast<void>(x / z), x + y; }>() == "(x+y)");
  CHECK(Words::calls == 1);
}

TEST_SUITE_END();
