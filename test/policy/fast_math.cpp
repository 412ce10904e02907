// SPDX-License-Identifier: MIT
// Built with -ffast-math, where a compiler may assume that there are no NaNs: guards detect them all the same. A
// separate executable, so that none of its functions can replace an ordinary one at link time.
#include <gradus/optimizer.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/core/finite.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <vector>

#if !defined(__FAST_MATH__)
#error "build this file with -ffast-math"
#endif

using namespace gradus;

namespace {

template <class T>
T from_bits(std::uint64_t of_double, std::uint32_t of_float) {
  if constexpr (sizeof(T) == 4) return std::bit_cast<T>(of_float);
  else return std::bit_cast<T>(of_double);
}

// NaNs of both signs, quiet and signalling, and both infinities.
template <class T>
const std::vector<T> not_finite{
    from_bits<T>(0x7ff8000000000000, 0x7fc00000), from_bits<T>(0xfff8000000000000, 0xffc00000),
    from_bits<T>(0x7ff0000000000001, 0x7f800001), from_bits<T>(0x7fffffffffffffff, 0x7fffffff),
    from_bits<T>(0x7ff0000000000000, 0x7f800000), from_bits<T>(0xfff0000000000000, 0xff800000),
};

}  // namespace

TEST_SUITE_BEGIN("fast math");

TEST_CASE_TEMPLATE("the tests of bit patterns work", T, float, double) {
  for (const T& x : not_finite<T>) CHECK_FALSE(is_finite(x));
  CHECK(is_nan(not_finite<T>[0]));
  CHECK_FALSE(is_nan(not_finite<T>[4]));
  CHECK(is_finite(T(1)));
}

TEST_CASE_TEMPLATE("a step with a non-finite gradient is refused, and nothing changes", T, float, double) {
  const Optimizer optimizer{Clip{}, Momentum{}, RefuseNonFinite{}};
  for (const std::size_t size : support::Sizes{1, 2, 7, 64, 1025})
    for (const T& bad : not_finite<T>)
      for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
        std::vector<T> theta(size, 1), gradient(size, 2);
        const auto before = theta;
        gradient[at] = bad;
        auto state = optimizer.init(theta);
        CHECK_THROWS_AS(optimizer.ascend(theta, gradient, state), Refused);
        CHECK(support::same_bits(theta, before));
        CHECK(state.step() == 0);
      }
}

TEST_CASE_TEMPLATE("SkipNonFinite skips a non-finite step", T, float, double) {
  const Optimizer optimizer{ClipNorm{}, Momentum{}, SkipNonFinite{}};
  std::vector<T> theta(100, 1), gradient(100, T(0.01));
  auto state = optimizer.init(theta);
  optimizer.descend(theta, gradient, state);
  const auto before = theta;
  for (const T& bad : not_finite<T>) {
    auto broken = gradient;
    broken[63] = bad;
    optimizer.descend(theta, broken, state);
  }
  CHECK(support::same_bits(theta, before));
  CHECK(state.step() == 1);
  CHECK(state.skipped() == static_cast<std::int64_t>(not_finite<T>.size()));
}

TEST_SUITE_END();
