// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>

#include <limits>
#include <type_traits>
#include <utility>

namespace gradus {

// Functions that no processor has, written once over every backend's operations: they give the same bits on a number
// and in a register of any width, whatever the mathematical library of the machine.

namespace detail {

// A value with its backend's operations, none of which can be fused with another.
template <class Ops, class V>
struct Each {
  static constexpr bool single = sizeof(typename Ops::Number) == 4;
  static constexpr double infinity = std::numeric_limits<double>::infinity(),
                          nan = std::numeric_limits<double>::quiet_NaN();
  static constexpr double smallest = std::numeric_limits<typename Ops::Number>::min();  // that is normal
  // Lifts what is below among the normal numbers; the exponent is divisible by 3.
  static constexpr double lift = single ? 24 : 54, lifted = single ? 0x1p24 : 0x1p54;
  static constexpr double unlifted = single ? 0x1p-8 : 0x1p-18;  // what a cube root is to be multiplied with
  // ln 2 as a sum: so many digits of the first are 0 that its product with an exponent is exact.
  static constexpr double ln2_high = single ? 0.693359375 : 6.93147180369123816490e-01;
  static constexpr double ln2_low = single ? -2.12194440054690583e-4 : 1.90821492927058770002e-10;

  V value;

  GRADUS_DEVICE constexpr Each(V x) : value(x) {}
  GRADUS_DEVICE constexpr Each(double x)
    requires(!std::is_same_v<V, double>)
      : value(Ops::constant(x)) {}

  GRADUS_DEVICE friend constexpr Each operator+(Each x, Each y) { return Ops::add(x.value, y.value); }
  GRADUS_DEVICE friend constexpr Each operator-(Each x, Each y) { return Ops::sub(x.value, y.value); }
  GRADUS_DEVICE friend constexpr Each operator*(Each x, Each y) { return Ops::lone_mul(x.value, y.value); }
  GRADUS_DEVICE friend constexpr Each operator/(Each x, Each y) { return Ops::div(x.value, y.value); }
  GRADUS_DEVICE friend constexpr Each operator-(Each x) { return Ops::neg(x.value); }

  GRADUS_DEVICE constexpr Each magnitude() const { return Ops::abs(value); }
  GRADUS_DEVICE constexpr Each exponent() const { return Ops::exponent(value); }
  GRADUS_DEVICE constexpr Each fraction() const { return Ops::fraction(value); }
  GRADUS_DEVICE constexpr Each rough_power(double power, double at_one) const {
    using T = typename Ops::Number;
    return Ops::rough_power(value, static_cast<T>(power), static_cast<T>(at_one));
  }
  GRADUS_DEVICE constexpr Each nearest() const { return Ops::nearest(value); }
  GRADUS_DEVICE constexpr Each power_of_two() const { return Ops::power_of_two(value); }

  /// x limited to [-limit, limit]; NaN passes.
  GRADUS_DEVICE constexpr Each within(double limit) const {
    return Ops::max(Ops::min(value, Each(limit).value), Each(-limit).value);
  }
  /// `yes` where it is less than y, else `no`; NaN is less than nothing.
  GRADUS_DEVICE constexpr Each if_less(Each y, Each yes, Each no) const {
    return Ops::choose_less(value, y.value, yes.value, no.value);
  }

  /// The sum of coefficient(k) x^k for k = 0 to Degree.
  template <int Degree, class F>
  GRADUS_DEVICE static constexpr Each polynomial(Each x, F coefficient) {
    Each sum = coefficient(Degree);
    [&]<int... K>(std::integer_sequence<int, K...>) {
      ((sum = sum * x + coefficient(Degree - 1 - K)), ...);
    }(std::make_integer_sequence<int, Degree>{});
    return sum;
  }
};

GRADUS_DEVICE constexpr double factorial(int n) { return n == 0 ? 1 : n * factorial(n - 1); }

}  // namespace detail

/// The cube root, within 2 units in the last place. 0, infinity and NaN are their own.
///
/// Without a division: y, a guess of x^(-1/3), is multiplied with a parabola that is nearly c^(-1/3), where c = x y^3:
/// the best within a tenth of 1, or for a double, twice, that which is exact at 1. Then x y^2 is nearly the root, and
/// x y^3 says how nearly.
template <class Ops, class V>
GRADUS_DEVICE constexpr V cube_root(V x) {
  using E = detail::Each<Ops, V>;
  const E size = E(x).magnitude(), normal = size.if_less(E::smallest, E(x) * E::lifted, x), above = normal.magnitude();
  // The parabola is that of y (2 / 9) ((c - 7 / 4)^2 + 63 / 16); a float's guess has its first factor.
  E y = above.rough_power(-1.0 / 3, E::single ? -0.377033 : -0.0681);
  for (int iteration = 0; iteration < (E::single ? 1 : 2); ++iteration) {
    const E c = (above * y) * (y * y), off = c - (E::single ? 0.92013837 : 7.0 / 4);
    y = (E::single ? y : y * (2.0 / 9)) * (off * off + (E::single ? 1.08346517 : 63.0 / 16));
  }
  const E root = (normal * y) * y, lack = E(1.0) - root.magnitude() * y;
  const E near = root + (root * (2.0 / 3)) * lack;
  return size.if_less(E::infinity, near * size.if_less(E::smallest, E::unlifted, 1.0), x).value;
}

/// e^x, within 2 units in the last place; 0 below 0.7 of the smallest normal number.
///
/// The series of e^r for the r within ln(2) / 2 that x = n ln(2) + r leaves.
template <class Ops, class V>
GRADUS_DEVICE constexpr V exponential(V x) {
  using E = detail::Each<Ops, V>;
  const E limited = E(x).within(E::single ? 150 : 1200), n = (limited * 1.4426950408889634).nearest();
  const E rest = (limited - n * E::ln2_high) - n * E::ln2_low;
  const E series = E::template polynomial<E::single ? 7 : 13>(rest, [](int k) { return 1 / detail::factorial(k); });
  const E most = n.within(E::single ? 127 : 1023);  // the last 2^n are no numbers, but two factors are
  return (series * most.power_of_two() * (n - most).power_of_two()).value;
}

/// The natural logarithm, within 3 units in the last place; -infinity of 0, NaN of what is below.
///
/// The series of the inverse hyperbolic tangent of (f - 1) / (f + 1), f within a root of 2 of 1.
template <class Ops, class V>
GRADUS_DEVICE constexpr V logarithm(V x) {
  using E = detail::Each<Ops, V>;
  const E normal = E(x).if_less(E::smallest, E(x) * E::lifted, x), whole = normal.fraction();
  const E high = E(1.4142135623730951).if_less(whole, 1.0, 0.0);
  const E fraction = E(0.5).if_less(high, whole * 0.5, whole);
  const E exponent = normal.exponent() + high - E(x).if_less(E::smallest, E::lift, 0.0);

  const E s = (fraction - 1.0) / (fraction + 1.0), square = s * s;
  const E series = E::template polynomial<E::single ? 4 : 10>(square, [](int k) { return 1.0 / (2 * k + 1); });
  const E log = exponent * E::ln2_high + (exponent * E::ln2_low + (s + s) * series);

  const E zero = E(x).magnitude().if_less(E::smallest, -E::infinity, x);
  const E other = E(x).if_less(0.0, E::nan, zero);
  return E(0.0).if_less(x, E(x).if_less(E::infinity, log, x), other).value;
}

}  // namespace gradus
