// SPDX-License-Identifier: MIT
#include <gradus/core/normal.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using namespace gradus;

namespace {

constexpr std::size_t many = 400'000;

std::vector<double> drawn(std::uint64_t seed, Draw draw, std::size_t size = many) {
  std::vector<double> numbers(size);
  draw_normal(seed, draw, size, numbers.data());
  return numbers;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / static_cast<double>(a.size());
}

}  // namespace

TEST_SUITE_BEGIN("normal");

TEST_CASE("the numbers follow the normal distribution") {
  auto x = drawn(1, {});
  std::sort(x.begin(), x.end());
  double distance = 0;  // the Kolmogorov-Smirnov distance
  for (std::size_t i = 0; i < many; ++i) {
    const double expected = std::erfc(-x[i] / std::sqrt(2)) / 2, at = static_cast<double>(i) / many;
    distance = std::max({distance, expected - at, at + 1.0 / many - expected});
  }
  CHECK(distance * std::sqrt(many) < 1.63);  // exceeded by chance in one case out of a hundred
  CHECK(x.front() < -4);
  CHECK(x.back() > 4);
}

TEST_CASE("numbers of other seeds, steps, leaves, draws and neighbours are uncorrelated") {
  const auto x = drawn(1, {});
  const double chance = 4 / std::sqrt(many);
  CHECK(std::abs(correlation(x, drawn(2, {}))) < chance);
  CHECK(std::abs(correlation(x, drawn(1, {.step = 2}))) < chance);
  CHECK(std::abs(correlation(x, drawn(1, {.leaf = 1}))) < chance);
  CHECK(std::abs(correlation(x, drawn(1, {.which = 1}))) < chance);
  CHECK(std::abs(correlation(x, drawn(1, {.first = 1}))) < chance);
  CHECK(std::abs(correlation(x, drawn(1, {.first = 2}))) < chance);
}

TEST_CASE("the numbers are those of Random123's known answer for Philox") {
  // For a counter and a key of 0: 16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b, then Box-Muller.
  const auto x = drawn(0, {.step = 0}, 4);
  const double expected[]{0.2906201686387374, 0.4759985925550442, -0.989324463207386, 0.6576823490617276};
  for (std::size_t i = 0; i < 4; ++i) CHECK(x[i] == doctest::Approx(expected[i]).epsilon(1e-12));
}

TEST_CASE("an element's number does not depend on where its block starts") {
  const auto whole = drawn(7, {.step = 3, .leaf = 5}, 100);
  for (std::size_t first = 0; first < 12; ++first)
    for (std::size_t size = 0; size < 12; ++size) {
      const auto piece = drawn(7, {.step = 3, .leaf = 5, .first = first}, size);
      for (std::size_t i = 0; i < size; ++i) REQUIRE(piece[i] == whole[first + i]);
    }
}

TEST_SUITE_END();
