// SPDX-License-Identifier: MIT
#include <gradus/drive/snapshot.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <numeric>
#include <tuple>
#include <vector>

TEST_CASE("a snapshot puts back every element of a set of mixed types") {
  std::vector<float> many(1000);
  std::iota(many.begin(), many.end(), 0.5f);
  std::tuple theta{many, 3.0, std::vector<double>{}};
  const auto kept = theta;
  gradus::Snapshot snapshot;
  snapshot.take(theta);
  std::get<0>(theta)[999] = -1, std::get<0>(theta)[0] = -1, std::get<1>(theta) = -1;
  snapshot.restore(theta);
  CHECK(theta == kept);
}

TEST_CASE("restoring a strided view touches nothing else") {
  xt::xtensor<double, 2> grid = xt::arange<double>(0, 12).reshape({3, 4});
  auto column = xt::view(grid, xt::all(), 1);
  gradus::Snapshot snapshot;
  snapshot.take(column);
  grid.fill(-1);
  snapshot.restore(column);
  CHECK(grid == xt::xtensor<double, 2>{{-1, 1, -1, -1}, {-1, 5, -1, -1}, {-1, 9, -1, -1}});
}
