// SPDX-License-Identifier: MIT
#include <gradus/backend/device_evaluate.hpp>

#include "support/texts.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using gradus::backend::evaluate_on_device;
using gradus::backend::operate;
using gradus::backend::Serial;
using gradus::detail::NumberOps;
using gradus::detail::Op;
using support::same_number;

namespace {

/// Compares an operation with plain arithmetic at all pairs of edges.
template <Op op, class T, class F>
void is(F expected) {
  const auto in = support::edge_pairs<T>();
  for (std::size_t i = 0; i < in.x.size(); ++i) {
    const T a = in.x[i], b = in.y[i], c = in.z[i], d = in.w[i];
    const T got = operate<op>(a, b, c, d), want = expected(a, b, c, d);
    INFO("operation ", static_cast<int>(op), " of ", a, ", ", b, ", ", c, ", ", d, ": ", got, ", not ", want);
    CHECK(same_number(got, want));
  }
}

constexpr int counted = [] {
  int sum = 0;
  gradus::backend::unrolled<5>([&]<std::size_t I>() { sum = 10 * sum + static_cast<int>(I); });
  return sum;
}();
static_assert(counted == 1234);

/// What evaluating a text on a device makes of four numbers.
template <auto Text, class T>
T on_device(T x, T y, T z, T w) {
  using Chain = support::TextChain<Text>;
  const T stream[]{0, x, y, z, w};
  T done[Chain::graph.size];
  evaluate_on_device<Chain>(done, stream, static_cast<const T*>(nullptr));
  return done[Chain::traced.result];
}

template <auto Text, class T>
void as_serial() {
  const auto in = support::edge_pairs<T>();
  const auto expected = support::results<Serial, Text>(in);
  for (std::size_t i = 0; i < in.x.size(); ++i)
    CHECK(same_number(on_device<Text>(in.x[i], in.y[i], in.z[i], in.w[i]), expected[i]));
}

// Two operations on scalars and a constant, and one node whose result is not used.
struct Few {
  static constexpr gradus::detail::Graph graph = [] {
    gradus::detail::Graph g;
    const short x = g.put({.op = Op::stream, .a = 1}), k = g.put({.op = Op::scalar, .a = 2});
    const short c = g.put({.op = Op::constant, .value = 0.1}), s = g.put({.op = Op::scale, .a = x, .b = k});
    return g.put({.op = Op::neg, .a = x}), g.put({.op = Op::add, .a = s, .b = c}), g;
  }();
  static constexpr gradus::detail::NodeSet needed = [] {
    gradus::detail::NodeSet set;
    return set.add(graph, graph.size - 1), set;
  }();
};

}  // namespace

TEST_SUITE_BEGIN("device evaluate");

TEST_CASE_TEMPLATE("every operation computes what it does on plain numbers", T, float, double) {
  using Ops = NumberOps<T>;
  is<Op::add, T>([](T a, T b, T, T) { return a + b; });
  is<Op::sub, T>([](T a, T b, T, T) { return a - b; });
  is<Op::mul, T>([](T a, T b, T, T) { return a * b; });
  is<Op::scale, T>([](T a, T b, T, T) { return a * b; });
  is<Op::div, T>([](T a, T b, T, T) { return a / b; });
  is<Op::min, T>([](T a, T b, T, T) { return b < a ? b : a; });
  is<Op::max, T>([](T a, T b, T, T) { return a < b ? b : a; });
  is<Op::neg, T>([](T a, T, T, T) { return -a; });
  is<Op::abs, T>([](T a, T, T, T) { return std::abs(a); });
  is<Op::sqrt, T>([](T a, T, T, T) { return std::sqrt(a); });
  is<Op::cbrt, T>([](T a, T, T, T) { return Ops::cbrt(a); });
  is<Op::exp, T>([](T a, T, T, T) { return Ops::exp(a); });
  is<Op::log, T>([](T a, T, T, T) { return Ops::log(a); });
  is<Op::fma, T>([](T a, T b, T c, T) { return std::fma(a, b, c); });
  is<Op::select_less, T>([](T a, T b, T c, T d) { return a < b ? c : d; });
  is<Op::select_less_equal, T>([](T a, T b, T c, T d) { return a <= b ? c : d; });
  is<Op::select_equal, T>([](T a, T b, T c, T d) { return a == b ? c : d; });
}

TEST_CASE_TEMPLATE("texts have the bits of the serial backend", T, float, double) {
  as_serial<TEXT(x * y + z), T>();
  as_serial<TEXT(sqrt(x) / (y + 1) - z * w), T>();
  as_serial<TEXT(select(x < y, min(z, w), max(z, 0.5 * w))), T>();
}

TEST_CASE_TEMPLATE("streams, scalars and constants are rounded to the type; unused nodes are not evaluated", T, float,
                   double) {
  const T stream[]{9, 3}, scalar[]{9, 9, 0.5};
  T done[Few::graph.size]{};
  done[Few::graph.size - 2] = 77;
  evaluate_on_device<Few>(done, stream, scalar);
  CHECK(done[Few::graph.size - 1] == T(1.5) + static_cast<T>(0.1));
  CHECK(done[Few::graph.size - 2] == 77);
}

TEST_SUITE_END();
