// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>

#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace gradus {

// Tests of the bit pattern, which hold under -ffast-math, where a compiler may assume that no NaN exists.

namespace detail {

// A `long double` may be one of 80 bits in 16 bytes, the rest of which mean nothing.
__extension__ typedef unsigned __int128 WideBits;
inline constexpr int wide_digits = std::numeric_limits<long double>::digits;  ///< a number of x87 shows all of them
inline constexpr WideBits wide_infinity =
    wide_digits == 64 ? WideBits{0xffff} << 63 : WideBits{0x7fff} << (wide_digits - 1);

}  // namespace detail

/// The integer as wide as a floating type.
template <std::floating_point T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::uint32_t,
                                  std::conditional_t<sizeof(T) == 8, std::uint64_t, detail::WideBits>>;

/// The bits of |x|. As integers they are ordered as the magnitudes are, infinity above all numbers and NaN above it.
template <std::floating_point T>
GRADUS_DEVICE constexpr BitsOf<T> magnitude_bits(T x) {
  if constexpr (sizeof(T) > 8) {
    detail::WideBits bits = 0;
    std::memcpy(&bits, &x, detail::wide_digits == 64 ? 10 : sizeof x);
    return bits & ((detail::WideBits{1} << (detail::wide_digits == 64 ? 79 : 127)) - 1);
  } else {
    return __builtin_bit_cast(BitsOf<T>, x) & static_cast<BitsOf<T>>(static_cast<BitsOf<T>>(-1) >> 1);
  }
}

template <std::floating_point T>
inline constexpr BitsOf<T> infinity_bits = static_cast<BitsOf<T>>(sizeof(T) == 4   ? 0x7f800000u
                                                                  : sizeof(T) == 8 ? 0x7ff0000000000000ull
                                                                                   : detail::wide_infinity);

template <std::floating_point T>
GRADUS_DEVICE constexpr bool is_finite(T x) {
  return magnitude_bits(x) < infinity_bits<T>;
}

template <std::floating_point T>
GRADUS_DEVICE constexpr bool is_nan(T x) {
  return magnitude_bits(x) > infinity_bits<T>;
}

}  // namespace gradus
