// SPDX-License-Identifier: MIT
#include <gradus/core/square_root.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace {

template <class T>
using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

// Positive finite numbers of all magnitudes, including denormal ones.
template <class T>
constexpr T any_positive(support::Random& random) {
  constexpr Bits<T> infinity = std::bit_cast<Bits<T>>(std::numeric_limits<T>::infinity());
  return std::bit_cast<T>(static_cast<Bits<T>>(random.bits() % infinity));
}

// What a constant expression gives, to be compared with std::sqrt.
template <class T, std::size_t N>
constexpr std::array<T, N> roots(std::uint64_t seed) {
  support::Random random(seed);
  std::array<T, N> root{};
  for (T& r : root) r = gradus::square_root(any_positive<T>(random));
  return root;
}

using Double = std::numeric_limits<double>;
using Float = std::numeric_limits<float>;
static_assert(gradus::square_root(0.25) == 0.5 && gradus::square_root(9.0f) == 3.0f);
static_assert(gradus::square_root(2.0) == 1.4142135623730951 && gradus::square_root(2.0f) == 1.41421354f);
static_assert(gradus::square_root(Double::max()) == 0x1.fffffffffffffp511);
static_assert(gradus::square_root(Double::denorm_min()) == 0x1p-537);
static_assert(gradus::square_root(Float::denorm_min() * 4) > 0);
static_assert(gradus::square_root(Double::infinity()) == Double::infinity());
static_assert(gradus::square_root(0.0) == 0);
static_assert(gradus::square_root(-1.0) != gradus::square_root(-1.0));

}  // namespace

TEST_SUITE_BEGIN("square root");

TEST_CASE_TEMPLATE("roots in constant expressions round as std::sqrt does", T, float, double) {
  static constexpr auto constant = roots<T, 400>(7);
  support::Random random(7);
  for (const T root : constant) CHECK(root == std::sqrt(any_positive<T>(random)));
}

TEST_CASE("digit_square_root equals std::sqrt for many numbers") {
  support::Random random(8);
  for (int i = 0; i < 100000; ++i) {
    const double x = any_positive<double>(random);
    if (x >= Double::min() && gradus::detail::digit_square_root(x) != std::sqrt(x)) FAIL_CHECK(x);
  }
}

TEST_SUITE_END();
