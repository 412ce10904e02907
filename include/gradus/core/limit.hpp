// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/type_name.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <type_traits>

namespace gradus {

/// The values a hyper-parameter may have.
enum class Range {
  positive,      ///< in (0, inf)
  not_negative,  ///< in [0, inf)
  unit,          ///< in [0, 1)
  closed_unit,   ///< in [0, 1]
  above_zero,    ///< in (0, inf], an infinite one switches the policy off
  from_one,      ///< in [1, inf]
  epsilon,       ///< in [0, inf), and not zero once rounded to the element type unless it is zero
};

/// One hyper-parameter: its name, the member and its range. A policy lists these as `limits`.
template <class P, class Value>
struct Limit {
  std::string_view name;
  Value P::*member;
  Range range;
};

template <class P, class Value>
Limit(std::string_view, Value P::*, Range) -> Limit<P, Value>;

namespace detail {

constexpr bool inside(Range range, double x) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  if (is_nan(x)) return false;
  switch (range) {
    case Range::positive: return x > 0 && x < inf;
    case Range::not_negative:
    case Range::epsilon: return x >= 0 && x < inf;
    case Range::unit: return x >= 0 && x < 1;
    case Range::closed_unit: return x >= 0 && x <= 1;
    case Range::above_zero: return x > 0;
    case Range::from_one: return x >= 1;
  }
  return false;
}

constexpr const char* remedy(Range range) {
  switch (range) {
    case Range::positive: return "give a finite number above 0";
    case Range::not_negative:
    case Range::epsilon: return "give a finite number of at least 0";
    case Range::unit: return "give a number in [0, 1)";
    case Range::closed_unit: return "give a number in [0, 1]";
    case Range::above_zero: return "give a number above 0 (infinity switches it off)";
    case Range::from_one: return "give a number from 1 to infinity";
  }
  return "";
}

}  // namespace detail

template <class P>
concept HasLimits = requires { std::tuple_size<std::remove_cvref_t<decltype(P::limits)>>::value; };

/// Whether every hyper-parameter of a policy lies in its range, as a lane of type T sees it.
template <class T, class P>
constexpr bool within_limits(const P& policy) {
  if constexpr (HasLimits<P>)
    return std::apply(
        [&](const auto&... limit) {
          const auto good = [&](const auto& l) {
            const auto x = static_cast<double>(policy.*(l.member));
            // Not short-circuited: a few comparisons without branches cost less than one mispredicted.
            return detail::inside(l.range, x) & (l.range != Range::epsilon || x == 0 || static_cast<T>(x) != T(0));
          };
          return (true & ... & good(limit));
        },
        P::limits);
  else
    return true;
}

/// Refuses the first hyper-parameter of a policy that lies outside its range, by name.
template <class T, class P>
void check_limits(const P& policy) {
  if (within_limits<T>(policy)) return;
  const auto check = [&](const auto& limit) {
    const auto value = policy.*(limit.member);
    const auto x = static_cast<double>(value);
    const auto name = std::string(type_name<P>()) + "." + std::string(limit.name) + " is " + text(value);
    if (!detail::inside(limit.range, x)) refuse(name + ": " + detail::remedy(limit.range));
    if (limit.range == Range::epsilon && x != 0 && static_cast<T>(x) == T(0))
      refuse(name + ", which is 0 in " + std::string(type_name<T>()) + ": give at least " +
             text(static_cast<double>(std::numeric_limits<T>::denorm_min())));
  };
  if constexpr (HasLimits<P>) std::apply([&](const auto&... limit) { (check(limit), ...); }, P::limits);
}

}  // namespace gradus
