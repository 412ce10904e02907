// SPDX-License-Identifier: MIT
#include <gradus/core/pairwise_sum.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <span>
#include <vector>

using gradus::detail::PairwiseSum;

namespace {

// Sums a power of two of numbers: left half plus right half.
double balanced(std::span<const double> x) {
  const std::size_t half = x.size() / 2;
  return half == 0 ? x[0] : balanced(x.first(half)) + balanced(x.last(half));
}

// Sums the largest tree in front, then adds the result for the rest.
double expected(std::span<const double> x, double rest) {
  if (x.empty()) return rest;
  const std::size_t largest = std::bit_floor(x.size());
  return balanced(x.first(largest)) + expected(x.subspan(largest), rest);
}

constexpr double sum_of(int count) {
  PairwiseSum sum;
  for (int i = 1; i <= count; ++i) sum.add(i);
  return sum.total();
}
static_assert(sum_of(0) == 0 && sum_of(1) == 1 && sum_of(7) == 28 && sum_of(100) == 5050);

}  // namespace

TEST_SUITE_BEGIN("pairwise sum");

TEST_CASE("numbers are added in balanced trees, the largest in front") {
  const auto x = support::gradient<double>(300);
  PairwiseSum sum;
  for (std::size_t size = 0; size <= x.size(); ++size) {
    const std::span all(x.data(), size);
    CHECK(sum.total() == expected(all, 0));
    CHECK(sum.total(0.3) == expected(all, 0.3));
    if (size < x.size()) sum.add(x[size]);
  }
}

TEST_CASE("the last summand is added to the smallest tree first") {
  PairwiseSum sum;
  for (const double x : {1.0, 1.0, -0x1p60}) sum.add(x);
  CHECK(sum.total(0x1p60) == 2);  // from left to right the result would be 0
}

TEST_CASE("adding the sum of a whole tree equals adding its numbers") {
  const std::vector<double> x = support::parameters<double>(200);
  PairwiseSum one_by_one, by_trees, tree;
  for (const double number : x) one_by_one.add(number);
  for (std::size_t i = 0; i < 192; i += 64) {
    for (std::size_t k = 0; k < 64; ++k) tree.add(x[i + k]);
    by_trees.add(tree.total(), 6);
    tree.clear();
  }
  for (std::size_t i = 192; i < x.size(); ++i) by_trees.add(x[i]);
  CHECK(by_trees.total() == one_by_one.total());
}

TEST_CASE("after clear, the sum starts anew") {
  PairwiseSum sum;
  CHECK(sum.empty());
  for (int i = 0; i < 5; ++i) sum.add(3);
  CHECK_FALSE(sum.empty());
  sum.clear();
  CHECK(sum.empty());
  CHECK(sum.total() == 0);
  sum.add(4);
  CHECK(sum.total() == 4);
}

TEST_SUITE_END();
