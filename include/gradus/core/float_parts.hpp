// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/opaque.hpp>

namespace gradus {

/// A number's shape: the type that it is calculated in, and that of its bits.
template <class T>
struct NumberShape {
  using Value = T;
  using Bits = BitsOf<T>;
};

/// The parts of floating numbers of type T, exactly: of one, or of a register of them, as the shape says.
template <class T, class Shape = NumberShape<T>>
struct FloatParts {
  using X = typename Shape::Value;
  using Bits = typename Shape::Bits;
  using Whole = BitsOf<T>;

  static constexpr Whole digits = sizeof(T) == 4 ? 23 : 52;  ///< of a fraction
  static constexpr T largest = sizeof(T) == 4 ? 127 : 1023;  ///< exponent; the smallest is 1 - largest

  /// The e in |x| = 2^e fraction; of what is below the normal numbers -largest, of infinity and NaN largest + 1.
  GRADUS_DEVICE static constexpr X exponent(X x) {
    const Bits biased = (__builtin_bit_cast(Bits, x) << Whole(1)) >> (digits + 1);
    return __builtin_bit_cast(X, biased | __builtin_bit_cast(Whole, whole)) - (whole + largest);
  }

  /// The fraction of |x|, in [1, 2), where x is normal.
  GRADUS_DEVICE static constexpr X fraction(X x) {
    const Bits fraction = __builtin_bit_cast(Bits, x) & ((Whole(1) << digits) - 1);
    return __builtin_bit_cast(X, fraction | __builtin_bit_cast(Whole, T(1)));
  }

  /// 2^n for a whole n in [-largest, largest + 1]; 0 at the first, infinity at the last.
  GRADUS_DEVICE static constexpr X power_of_two(X n) {
    return __builtin_bit_cast(X, __builtin_bit_cast(Bits, n + (whole + largest)) << digits);
  }

  /// x^power, within a seventh of itself, of an x above 0, where both are normal and |power| < 1; about 2^at_one of 1.
  /// The bits of a number, taken as a whole number, are nearly its logarithm.
  GRADUS_DEVICE static constexpr X rough_power(X x, T power, T at_one) {
    constexpr Whole shift = 8 * sizeof(T) - digits;  // until they have room in a fraction, below its highest bit
    constexpr T unit = static_cast<T>(Whole(1) << (digits - shift)), one = whole + largest * unit;
    const Bits logarithm = (__builtin_bit_cast(Bits, x) >> shift) | __builtin_bit_cast(Whole, whole);
    const X result = opaque(__builtin_bit_cast(X, logarithm) * power) + (one * (1 - power) + at_one * unit);
    return __builtin_bit_cast(X, __builtin_bit_cast(Bits, result) << shift);
  }

  /// The whole number next to x, the even one of two, where |x| is less than a quarter of `whole`.
  GRADUS_DEVICE static constexpr X nearest(X x) { return opaque(x + (whole + whole / 2)) - (whole + whole / 2); }

 private:
  static constexpr T whole = static_cast<T>(Whole(1) << digits);  // from here on numbers are, and end in their bits
};

}  // namespace gradus
