// SPDX-License-Identifier: MIT
#include <gradus/parameters/elements.hpp>

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using gradus::detail::Elements;
using gradus::detail::elements_of;

namespace {

using Single = std::vector<float>;
using Double = std::vector<double>;

struct Layer {
  BOOST_HANA_DEFINE_STRUCT(Layer, (Double, weight), (Single, bias));
};

template <class Theta, class... T>
constexpr bool holds = std::is_same_v<elements_of<Theta>, Elements<T...>>;

}  // namespace

TEST_CASE("elements: each type once, in the order of its first leaf") {
  CHECK(holds<float, float>);
  CHECK(holds<const Double&, double>);
  CHECK(holds<std::pair<Double, double>, double>);
  CHECK(holds<std::tuple<Single, Double, Single, Double>, float, double>);
  CHECK(holds<std::tuple<Double&, const float&>, double, float>);
  CHECK(holds<Layer, double, float>);
  CHECK(holds<std::map<std::string, std::vector<Layer>>, double, float>);
  CHECK(holds<std::array<std::pair<Single, Layer>, 3>, float, double>);
}

TEST_CASE("elements: a set without parts has none, an empty sequence those of its type") {
  CHECK(holds<std::tuple<>>);
  CHECK(holds<std::vector<std::tuple<>>>);
  CHECK(holds<std::vector<Single>, float>);
}

TEST_CASE("elements: merging two lists keeps each type once") {
  CHECK(std::is_same_v<decltype(Elements<float>{} + Elements<>{}), Elements<float>>);
  CHECK(std::is_same_v<decltype(Elements<>{} + Elements<double, float>{}), Elements<double, float>>);
  CHECK(std::is_same_v<decltype(Elements<float, double>{} + Elements<double, long double>{}),
                       Elements<float, double, long double>>);
}

TEST_CASE("owns_all is false for sets with views or references") {
  using Vector = std::vector<double>;
  CHECK(gradus::detail::owns_all<Vector>());
  CHECK(gradus::detail::owns_all<std::tuple<Vector, std::vector<std::array<float, 2>>>>());
  CHECK_FALSE(gradus::detail::owns_all<std::span<double>>());
  CHECK_FALSE(gradus::detail::owns_all<std::vector<std::span<double>>>());
  CHECK_FALSE(gradus::detail::owns_all<std::tuple<Vector, std::span<float>>>());
  CHECK_FALSE(gradus::detail::owns_all<std::tuple<Vector, Vector&>>());
  CHECK_FALSE(gradus::detail::owns_all<std::vector<std::pair<Vector&, double>>>());
}

TEST_CASE("lasting tells whether a step of a temporary outlasts it: for views and references") {
  CHECK(gradus::detail::lasting<std::vector<double>&>());
  CHECK(gradus::detail::lasting<std::span<double>>());
  CHECK(gradus::detail::lasting<std::tuple<double&, float&>>());
}
