// SPDX-License-Identifier: MIT
#include <gradus/step/sweeps.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace gradus;

namespace {

/// Adds a number that encodes the element, leaf and step it was drawn for, and which draw it was.
struct Places {
  static constexpr Name draws[]{"n"};
  template <class T>
  void draw(const Draw& draw, std::size_t size, T* to) const {
    for (std::size_t i = 0; i < size; ++i)
      to[i] = static_cast<T>(1e8 * static_cast<double>(draw.step) + 1e6 * static_cast<double>(draw.which) +
                             1e5 * static_cast<double>(draw.leaf) + static_cast<double>(draw.first + i));
  }
  static constexpr void apply(Record& r, Lane n) { r.update = r.update + n; }
};

using Vectors = std::vector<std::vector<double>>;

/// What a step adds, for all elements of all leaves.
Vectors places(double step, double which, const Vectors& theta) {
  Vectors all = theta;
  for (std::size_t l = 0; l < all.size(); ++l)
    for (std::size_t i = 0; i < all[l].size(); ++i)
      all[l][i] = 1e8 * step + 1e6 * which + 1e5 * static_cast<double>(l) + static_cast<double>(i);
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("sweeps");

TEST_CASE("a draw is told its step, leaf and elements, however the sweep is split") {
  const Vectors start{std::vector<double>(3 * detail::block_size + 5), {}, {0, 0}};
  const Vectors none = start;
  Vectors theta = start;
  const Optimizer optimizer{Places{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, none, state);
  CHECK(theta == places(1, 0, start));
  theta = start;
  optimizer.ascend(theta, none, state);
  CHECK(theta == places(2, 0, start));
}

TEST_CASE("every policy has its own") {
  Vectors theta{{0, 0, 0}};
  const Vectors none = theta;
  const Optimizer optimizer{Places{}, LearningRate{0}, Places{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, none, state);
  CHECK(theta == places(1, 1, theta));
}

TEST_CASE("when descending, the gradient is negated but drawn numbers are not") {
  Vectors theta{{0, 0, 0}};
  const Vectors g{{1, 2, 3}};
  const Optimizer optimizer{Places{}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, g, state);
  const double first = 1e8;
  CHECK(theta == Vectors{{first - 1, first + 1 - 2, first + 2 - 3}});
}

TEST_SUITE_END();
