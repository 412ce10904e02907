// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/number.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace gradus {

// Tests of the bit pattern, which hold under -ffast-math, where a compiler may assume that no NaN exists.

namespace detail {

// A `long double` wider than a double: x87's, all 64 digits in 10 of its 16 bytes, or quadruple precision.
template <class T>
inline constexpr bool wide = sizeof(T) > 8;
// A type whose parts nothing here knows and no vector register holds.
template <class T>
inline constexpr bool foreign = CustomNumber<T> || wide<T>;
__extension__ typedef unsigned __int128 WideBits;
inline constexpr int wide_digits = std::numeric_limits<long double>::digits;
inline constexpr bool x87 = wide_digits == 64;
inline constexpr std::size_t wide_bytes = x87 ? 10 : sizeof(long double);
inline constexpr WideBits wide_infinity = x87 ? WideBits{0xffff} << 63 : WideBits{0x7fff} << (wide_digits - 1);

template <class To, class From>
To copied_wide(const From& from) {
  To to = 0;
  std::memcpy(&to, &from, wide_bytes);
  return to;
}

}  // namespace detail

/// The unsigned integer as wide as a floating type, or as the value of a custom number.
template <class T>
using BitsOf = std::conditional_t<sizeof(number_value_t<T>) == 4, std::uint32_t,
                                  std::conditional_t<sizeof(number_value_t<T>) == 8, std::uint64_t, detail::WideBits>>;

/// The bits of |x|. As integers they are ordered as the magnitudes are, infinity above all numbers and NaN above it.
template <std::floating_point T>
GRADUS_DEVICE constexpr BitsOf<T> magnitude_bits(T x) {
  if constexpr (detail::wide<T>)
    return detail::copied_wide<BitsOf<T>>(x) & ((BitsOf<T>{1} << (8 * detail::wide_bytes - 1)) - 1);
  else return __builtin_bit_cast(BitsOf<T>, x) & static_cast<BitsOf<T>>(static_cast<BitsOf<T>>(-1) >> 1);
}

template <CustomNumber N>
constexpr BitsOf<N> magnitude_bits(const N& x) {
  return magnitude_bits(number_traits<N>::value(x));
}

template <class T>
inline constexpr BitsOf<T> infinity_bits = static_cast<BitsOf<T>>(sizeof(BitsOf<T>) == 4   ? 0x7f800000u
                                                                  : sizeof(BitsOf<T>) == 8 ? 0x7ff0000000000000ull
                                                                                           : detail::wide_infinity);

template <class T>
GRADUS_DEVICE constexpr bool is_finite(T x) {
  return magnitude_bits(x) < infinity_bits<T>;
}

template <class T>
GRADUS_DEVICE constexpr bool is_nan(T x) {
  return magnitude_bits(x) > infinity_bits<T>;
}

}  // namespace gradus
