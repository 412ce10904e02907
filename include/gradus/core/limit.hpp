// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/inline.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/type_name.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace gradus {

/// The values a hyper-parameter may have. Where infinity is excluded, so is what the element type rounds to it.
enum class Range {
  positive,      ///< in (0, inf)
  not_negative,  ///< in [0, inf)
  unit,          ///< in [0, 1)
  closed_unit,   ///< in [0, 1]
  above_zero,    ///< in (0, inf]; infinity switches the policy off
  from_zero,     ///< in [0, inf]
  from_one,      ///< in [1, inf]
  above_four,    ///< in (4, inf)
  number,        ///< in [-inf, inf]
  epsilon,       ///< in [0, inf), and not zero once rounded to the element type unless it is zero
};

/// One hyper-parameter, or several in a `std::array`: name, member and range. A policy lists these as `limits`.
template <class P, class Value>
struct Limit {
  std::string_view name;
  Value P::* member;
  Range range;
};

template <class P, class Value>
Limit(std::string_view, Value P::*, Range) -> Limit<P, Value>;

/// A hyper-parameter that must not exceed another. Listed after the ranges of both.
template <class P, class Value>
struct AtMost {
  std::string_view name;
  Value P::* member;
  std::string_view other_name;
  Value P::* other;
};

template <class P, class Value>
AtMost(std::string_view, Value P::*, std::string_view, Value P::*) -> AtMost<P, Value>;

/// A policy's limits on its hyper-parameters:
///
///     static constexpr auto limits = Limits{Limit{"rate", &LearningRate::rate, Range::not_negative}};
///
/// `limits.all(f)` tells whether f(limit) is true for each; it stops at the first for which it is not.
template <class... L>
struct Limits : detail::Pack<L...> {
  using detail::Pack<L...>::Pack;

  template <class F>
  GRADUS_INLINE constexpr bool all(F f) const {
    return this->apply([&](const L&... limit) { return (f(limit) && ...); });
  }
};

template <class... L>
Limits(L...) -> Limits<L...>;

namespace detail {

/// A range as bit patterns: from 0 up, doubles are ordered like their bits, and negative numbers and NaN lie above
/// infinity. So one comparison suffices, under -ffast-math too.
struct BitRange {
  std::uint64_t first, last;
  bool zero = false;  ///< 0 and -0 belong to it as well
};

// An element type as a limit sees it. Numbers up to half the smallest are rounded to 0, those above the largest to
// infinity.
struct Precision {
  std::string_view name;
  double smallest, largest;
};

template <class T>
inline constexpr double largest_of = std::numeric_limits<double>::max();
template <>
inline constexpr double largest_of<float> = std::bit_cast<double>(std::bit_cast<std::uint64_t>(0x1.ffffffp127) - 1);

template <class T>
inline constexpr Precision precision_of{type_name<T>(), static_cast<double>(std::numeric_limits<T>::denorm_min()),
                                        largest_of<T>};

/// The range as an element type sees it.
GRADUS_INLINE constexpr BitRange bits_of(Range range, const Precision& precision) {
  constexpr auto infinity = infinity_bits<double>, one = std::bit_cast<std::uint64_t>(1.0);
  const auto rounded_to_zero = std::bit_cast<std::uint64_t>(precision.smallest / 2);
  const auto largest = std::bit_cast<std::uint64_t>(precision.largest);
  switch (range) {
    case Range::positive: return {1, largest};
    case Range::not_negative: return {0, largest, true};
    case Range::unit: return {0, one - 1, true};
    case Range::closed_unit: return {0, one, true};
    case Range::above_zero: return {1, infinity};
    case Range::from_zero: return {0, infinity, true};
    case Range::from_one: return {one, infinity};
    case Range::above_four: return {std::bit_cast<std::uint64_t>(4.0) + 1, largest};
    case Range::number: return {0, infinity};
    case Range::epsilon: return {rounded_to_zero + 1, largest, true};
  }
  return {};
}

GRADUS_INLINE constexpr bool inside(Range range, double x, const Precision& precision) {
  const auto [first, last, zero] = bits_of(range, precision);
  auto bits = std::bit_cast<std::uint64_t>(x);
  if (range == Range::number) bits = bits << 1 >> 1;  // of either sign
  return bits - first <= last - first || (zero && bits << 1 == 0);
}

constexpr const char* remedy(Range range) {
  switch (range) {
    case Range::positive: return "give a finite number above 0";
    case Range::not_negative:
    case Range::epsilon: return "give a finite number of at least 0";
    case Range::unit: return "give a number in [0, 1)";
    case Range::closed_unit: return "give a number in [0, 1]";
    case Range::above_zero: return "give a number above 0 (infinity switches it off)";
    case Range::from_zero: return "give a number from 0 to infinity";
    case Range::from_one: return "give a number from 1 to infinity";
    case Range::number: return "give a number";
    case Range::above_four: return "give a finite number above 4";
  }
  return "";
}

}  // namespace detail

template <class P>
concept HasLimits = requires { P::limits; };

namespace detail {

/// Whether a policy keeps to a limit.
template <class P>
struct Keeps {
  const P& policy;
  const Precision& precision;

  template <class Of, class Value>
  GRADUS_INLINE constexpr bool operator()(const Limit<Of, Value>& limit) const {
    return inside(limit.range, static_cast<double>(policy.*(limit.member)), precision);
  }
  template <class Of, std::size_t N>
  GRADUS_INLINE constexpr bool operator()(const Limit<Of, std::array<double, N>>& limit) const {
    for (const double value : policy.*(limit.member))
      if (!inside(limit.range, value, precision)) return false;
    return true;
  }
  template <class Of, class Value>
  GRADUS_INLINE constexpr bool operator()(const AtMost<Of, Value>& limit) const {
    return policy.*(limit.member) <= policy.*(limit.other);
  }
};

// A hyper-parameter as an error message names it.
struct HyperParameter {
  std::string_view where, policy, name;

  std::string is(std::string_view value, std::string_view index = {}) const {
    return joined({where, policy, ".", name, index, " is ", value});
  }
};

[[noreturn]] inline void refuse_value(const std::string& name, Range range, double value, const Precision& precision) {
  if (!inside(range, value, precision_of<double>)) refuse({name, ": ", remedy(range)});
  if (value > precision.largest)
    refuse({name, ", which is infinite in ", precision.name, ": give at most ", static_cast<float>(precision.largest)});
  refuse({name, ", which is 0 in ", precision.name, ": give at least ", static_cast<float>(precision.smallest)});
}

template <class Of, class Value>
[[noreturn]] void refuse_limit(const Limit<Of, Value>& limit, const std::type_identity_t<Of>& policy,
                               const HyperParameter& named, const Precision& precision) {
  const auto value = policy.*(limit.member);
  refuse_value(named.is(Digits(value).view()), limit.range, static_cast<double>(value), precision);
}
template <class Of, std::size_t N>
[[noreturn]] void refuse_limit(const Limit<Of, std::array<double, N>>& limit, const std::type_identity_t<Of>& policy,
                               const HyperParameter& named, const Precision& precision) {
  const auto& values = policy.*(limit.member);
  std::size_t k = 0;
  while (k + 1 < N && inside(limit.range, values[k], precision)) ++k;
  refuse_value(named.is(Digits(values[k]).view(), joined({"[", k, "]"})), limit.range, values[k], precision);
}
[[noreturn]] inline void refuse_above(const HyperParameter& named, std::string_view value, std::string_view other,
                                      std::string_view most) {
  refuse({named.is(value), ", above ", other, ", which is ", most, ": give at most that"});
}
template <class Of, class Value>
[[noreturn]] void refuse_limit(const AtMost<Of, Value>& limit, const std::type_identity_t<Of>& policy,
                               const HyperParameter& named, const Precision&) {
  refuse_above(named, Digits(policy.*(limit.member)).view(), limit.other_name, Digits(policy.*(limit.other)).view());
}

}  // namespace detail

/// Whether every hyper-parameter of a policy lies in its range, as a lane of type T sees it.
template <class T, class P>
GRADUS_INLINE constexpr bool within_limits(const P& policy) {
  if constexpr (HasLimits<P>) return P::limits.all(detail::Keeps<P>{policy, detail::precision_of<T>});
  else return true;
}

namespace detail {

// The same code for all element types.
template <class P>
void check_limits(const P& policy, const Precision& precision, std::string_view where) {
  if constexpr (HasLimits<P>)
    P::limits.all([&]<template <class, class> class L, class Of, class Value>(const L<Of, Value>& limit) {
      if (!Keeps<P>{policy, precision}(limit))
        refuse_limit(limit, policy, {where, type_name<Of>(), limit.name}, precision);
      return true;
    });
}

}  // namespace detail

/// Refuses the first hyper-parameter of a policy that lies outside its range, by name, with `where` in front.
template <class T, class P>
void check_limits(const P& policy, std::string_view where = {}) {
  detail::check_limits(policy, detail::precision_of<T>, where);
}

}  // namespace gradus
