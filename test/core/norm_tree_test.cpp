// SPDX-License-Identifier: MIT
#include <gradus/core/norm_tree.hpp>

#include "support/random.hpp"
#include "support/targets.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/simd.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <span>
#include <vector>

using gradus::backend::Serial;
using gradus::backend::Simd;
using gradus::detail::Magnitude;
using gradus::detail::NormTree;
using gradus::detail::Square;

namespace {

template <class Backend, class T>
double total(std::span<const T> x, const std::vector<std::size_t>& pieces) {
  NormTree<Backend> tree;
  std::size_t first = 0;
  for (const std::size_t size : pieces) {
    tree.template add<Square>(x.data() + first, size);
    first += size;
  }
  tree.template add<Square>(x.data() + first, x.size() - first);
  return tree.total();
}

template <class T>
double block_sum(std::span<const T> x) {
  std::vector<double> lane(gradus::detail::norm_lanes);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const volatile double square = double(x[i]) * double(x[i]);
    lane[i % lane.size()] += square;
  }
  while (lane.size() > 1) {
    const std::size_t half = lane.size() / 2;
    for (std::size_t j = 0; j < half; ++j) lane[j] += lane[j + half];
    lane.resize(half);
  }
  return lane[0];
}

// The sum of a power of two of blocks: left half plus right half.
double pairwise(std::span<const double> block) {
  if (block.size() == 1) return block[0];
  return pairwise(block.first(block.size() / 2)) + pairwise(block.last(block.size() / 2));
}

// The documented order of addition, computed another way.
template <class T>
double naive_total(std::span<const T> x) {
  std::vector<double> block;
  for (; x.size() >= gradus::detail::norm_block; x = x.subspan(gradus::detail::norm_block))
    block.push_back(block_sum(x.first(gradus::detail::norm_block)));
  double sum = x.empty() ? 0 : block_sum(x);
  std::span<const double> left = block;
  while (!left.empty()) {
    const std::size_t last = std::size_t{1} << std::countr_zero(left.size());
    sum = pairwise(left.last(last)) + sum;
    left = left.first(left.size() - last);
  }
  return sum;
}

}  // namespace

TEST_SUITE_BEGIN("norm tree");

TEST_CASE_TEMPLATE("the order of addition is the documented one, on every backend and target", T, float, double) {
  std::vector<std::size_t> sizes{4095, 4096, 4097, 8192, 12345, 30000, 65536};
  for (std::size_t size = 0; size < 4 * gradus::detail::norm_lanes; ++size) sizes.push_back(size);
  for (const std::size_t size : sizes) {
    INFO("size: ", size);
    const auto x = support::gradient<T>(size, size + 1);
    const double expected = naive_total<T>(x);
    CHECK(total<Serial, T>(x, {}) == expected);
    CHECK(NormTree<Serial>::sum_of<Square>(x.data(), size) == expected);
    support::for_each_target([&] {
      CHECK(total<Simd, T>(x, {}) == expected);
      CHECK(NormTree<Simd>::sum_of<Square>(x.data(), size) == expected);
    });
  }
}

TEST_CASE_TEMPLATE("adding in pieces does not change a bit of the sum", T, float, double) {
  const auto x = support::gradient<T>(20011);
  const double whole = total<Serial, T>(x, {});
  support::Random random(3);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<std::size_t> pieces;
    for (std::size_t left = x.size(); left != 0;) {
      pieces.push_back(std::min(left, random.below(trial % 2 ? 70 : 5000)));
      left -= pieces.back();
    }
    CHECK(total<Serial, T>(x, pieces) == whole);
    CHECK(total<Simd, T>(x, pieces) == whole);
  }
}

TEST_CASE("negative zeros add up to +0, however they are added") {
  const std::vector<double> zeros(70, -0.0);
  for (const std::size_t size : support::Sizes{1, 2, 4, 5, 32, 33, 70})
    for (const std::size_t piece : support::Sizes{1, 3, 100}) {
      NormTree<Simd> tree;
      for (std::size_t first = 0; first < size; first += piece)
        tree.add<Magnitude>(zeros.data() + first, std::min(piece, size - first));
      CHECK_FALSE(std::signbit(tree.total()));
      CHECK_FALSE(std::signbit(NormTree<Simd>::sum_of<Magnitude>(zeros.data(), size)));
    }
}

TEST_CASE("a tree begins anew after clear(), whatever its lanes hold") {
  const std::vector<double> threes(70, 3);
  for (std::size_t first = 0; first <= 8; ++first) {
    NormTree<Serial> tree;
    tree.add<Square>(threes.data(), 70);
    tree.clear();
    tree.add<Square>(threes.data(), first);
    tree.add<Square>(threes.data(), 5);
    CHECK(tree.total() == 9 * (static_cast<double>(first) + 5));
  }
}

TEST_CASE("more blocks than are summed at once") {
  const std::vector<float> ones((gradus::detail::blocks_at_once + 1) * gradus::detail::norm_block + 1, 1);
  CHECK(total<Serial, float>(ones, {}) == static_cast<double>(ones.size()));
}

TEST_CASE("adds up squares and magnitudes") {
  const std::vector<double> threes(10000, 3);
  CHECK(total<Simd, double>(threes, {}) == 90000);
  NormTree<Serial> tree;
  const double x[]{-1, 2, -3};
  tree.add<gradus::detail::Magnitude>(x, 3);
  CHECK(tree.total() == 6);
  CHECK(NormTree<Simd>().total() == 0);
}

TEST_SUITE_END();
