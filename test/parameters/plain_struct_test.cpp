// SPDX-License-Identifier: MIT
#include <gradus/parameters/plain_struct.hpp>

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

using gradus::detail::member_name;
using gradus::detail::members;
using gradus::detail::plain_members;
using gradus::detail::PlainStruct;

namespace plain {

struct Normal {
  double mean = 0, log_deviation = 0;
};
struct Many {
  std::vector<float> weight;
  std::array<double, 3> three;
  std::map<std::string, std::vector<double>> tables;
  std::optional<double> maybe;
  std::span<float> view;
  Normal inner;
  std::tuple<double, float> pair;
};
/// Refers to something else, as views do, and cannot be default-constructed.
struct Sight {
  explicit Sight(std::vector<double>& x) : at(x) {}
  std::span<double> at;
};
struct Sights {
  std::vector<float> own;
  Sight first, second;
};
struct ArrayAndSight {
  float x[2];
  Sight sight;
};
struct Seventeen {
  double a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q;
};

struct Empty {};
struct OnEmpty : Empty {
  double x;
};
struct OnOne : OnEmpty {
  double y;
};
struct OnTwo : Normal {
  double z;
};
struct WithArray {
  std::vector<double> x;
  double y[3];
  float z;
};
struct OfArray {
  float x[2];
};
struct WithTable {
  double x[2][2];
  double y;
};
struct Constructed {
  explicit Constructed(int) {}
  double x;
};
class Closed {
 public:
  double visible;

 private:
  [[maybe_unused]] double hidden;
};

template <std::size_t Count>
struct Doubles;
#define DOUBLES(Count, ...) \
  template <>               \
  struct Doubles<Count> {   \
    double __VA_ARGS__;     \
  };
DOUBLES(1, a)
DOUBLES(2, a, b)
DOUBLES(3, a, b, c)
DOUBLES(4, a, b, c, d)
DOUBLES(5, a, b, c, d, e)
DOUBLES(6, a, b, c, d, e, f)
DOUBLES(7, a, b, c, d, e, f, g)
DOUBLES(8, a, b, c, d, e, f, g, h)
DOUBLES(9, a, b, c, d, e, f, g, h, i)
DOUBLES(10, a, b, c, d, e, f, g, h, i, j)
DOUBLES(11, a, b, c, d, e, f, g, h, i, j, k)
DOUBLES(12, a, b, c, d, e, f, g, h, i, j, k, l)
DOUBLES(13, a, b, c, d, e, f, g, h, i, j, k, l, m)
DOUBLES(14, a, b, c, d, e, f, g, h, i, j, k, l, m, n)
DOUBLES(15, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)
DOUBLES(16, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)

}  // namespace plain

using namespace plain;

TEST_SUITE_BEGIN("plain_struct");

TEST_CASE("plain_members counts members of any type") {
  CHECK(plain_members<Normal>() == 2);
  CHECK(plain_members<Many>() == 7);
  CHECK(plain_members<Sights>() == 3);
  CHECK(member_name<Sights, 2>() == "second");
}

TEST_CASE("a struct is not plain if it has no members, too many, or some that no binding can name") {
  CHECK_FALSE(PlainStruct<Seventeen>);
  CHECK_FALSE(PlainStruct<Empty>);
  CHECK_FALSE(PlainStruct<OnEmpty>);
  CHECK_FALSE(PlainStruct<OnOne>);
  CHECK_FALSE(PlainStruct<OnTwo>);
  CHECK_FALSE(PlainStruct<Constructed>);
  CHECK_FALSE(PlainStruct<WithArray>);
  CHECK_FALSE(PlainStruct<OfArray>);
  CHECK_FALSE(PlainStruct<WithTable>);
  CHECK_FALSE(PlainStruct<ArrayAndSight>);
  CHECK_FALSE(PlainStruct<Closed>);
  CHECK_FALSE(PlainStruct<std::vector<double>>);
  CHECK_FALSE(PlainStruct<double>);
}

TEST_CASE("members are known by their names") {
  CHECK(member_name<Normal, 0>() == "mean");
  CHECK(member_name<Normal, 1>() == "log_deviation");
  CHECK(member_name<Many, 0>() == "weight");
  CHECK(member_name<Many, 5>() == "inner");
  CHECK(member_name<Many, 6>() == "pair");
  CHECK(member_name<Doubles<16>, 15>() == "p");
  struct Local {
    float first_;
    std::vector<double> second2;
  };
  CHECK(member_name<Local, 0>() == "first_");
  CHECK(member_name<Local, 1>() == "second2");
}

template <std::size_t... I>
void check_members(std::index_sequence<I...>) {
  constexpr std::size_t count = sizeof...(I);
  Doubles<count> s{};
  CHECK(plain_members<Doubles<count>>() == count);
  const std::size_t offset[]{static_cast<std::size_t>(reinterpret_cast<char*>(&std::get<I>(members<count>(s))) -
                                                      reinterpret_cast<char*>(&s))...};
  for (std::size_t i = 0; i < count; ++i) CHECK(offset[i] == i * sizeof(double));
}

TEST_CASE("members() refers to the members themselves, for every count") {
  [&]<std::size_t... Count>(std::index_sequence<Count...>) {
    (check_members(std::make_index_sequence<Count + 1>{}), ...);
  }(std::make_index_sequence<gradus::detail::most_members>{});
  const Many many{};
  CHECK(&std::get<5>(members<7>(many)) == &many.inner);
  CHECK(std::is_const_v<std::remove_reference_t<decltype(std::get<0>(members<7>(many)))>>);
}

TEST_SUITE_END();
