// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace gradus {

// Tests of the bit pattern, which hold under -ffast-math, where a compiler may assume that no NaN exists.

/// The integer as wide as a floating type.
template <std::floating_point T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// The bits of |x|. As integers they are ordered as the magnitudes are, infinity above all numbers and NaN above it.
template <std::floating_point T>
GRADUS_DEVICE constexpr BitsOf<T> magnitude_bits(T x) {
  return __builtin_bit_cast(BitsOf<T>, x) & static_cast<BitsOf<T>>(static_cast<BitsOf<T>>(-1) >> 1);
}

template <std::floating_point T>
inline constexpr BitsOf<T> infinity_bits =
    sizeof(T) == 4 ? BitsOf<T>(0x7f800000u) : static_cast<BitsOf<T>>(0x7ff0000000000000ull);

template <std::floating_point T>
GRADUS_DEVICE constexpr bool is_finite(T x) {
  return magnitude_bits(x) < infinity_bits<T>;
}

template <std::floating_point T>
GRADUS_DEVICE constexpr bool is_nan(T x) {
  return magnitude_bits(x) > infinity_bits<T>;
}

}  // namespace gradus
