// SPDX-License-Identifier: MIT
#include <gradus/parameters/zero.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

using gradus::zero;

namespace {

struct Layer {
  std::vector<float> weight;
  double bias;
};

}  // namespace

TEST_CASE("zero sets every element of every leaf to +0") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  auto set = std::tuple{std::vector<Layer>{{{1, -2, -0.0f}, 3}, {std::vector<float>(3000, 1.0f), nan}},
                        std::map<std::string, std::vector<double>>{{"a", {1, nan}}, {"b", {}}}};
  zero(set);
  const auto& [layers, map] = set;
  CHECK(layers[0].weight == std::vector<float>(3));
  CHECK_FALSE(std::signbit(layers[0].weight[2]));
  CHECK(layers[1].weight == std::vector<float>(3000));
  CHECK(layers[1].bias == 0);
  CHECK(map.at("a") == std::vector<double>(2));
}

TEST_CASE("unset makes every number NaN, in all parts of it") {
  using Complexes = std::vector<std::complex<float>>;
  std::tuple set{std::vector<Layer>{{std::vector<float>(3000), 1}}, Complexes(2)};
  gradus::unset(set);
  const Layer& layer = std::get<0>(set)[0];
  CHECK(std::ranges::all_of(layer.weight, [](float x) { return std::isnan(x); }));
  CHECK(std::isnan(layer.bias));
  for (const auto& z : std::get<1>(set)) CHECK((std::isnan(z.real()) && std::isnan(z.imag())));
}

TEST_CASE("a view, even a temporary one, is zeroed in place, and nothing else is") {
  std::vector<double> owner{1, 2, 3, 4};
  zero(std::span(owner).subspan(1, 2));
  CHECK(owner == std::vector<double>{1, 0, 0, 4});
  xt::xtensor<double, 2> matrix{{1, 2, 3}, {4, 5, 6}};
  zero(xt::view(matrix, xt::all(), 1));
  CHECK(matrix == xt::xtensor<double, 2>{{1, 0, 3}, {4, 0, 6}});
}
