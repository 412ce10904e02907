// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/parameters/named.hpp>
#include <gradus/schedule/progress.hpp>

#include <concepts>
#include <cstdint>

namespace gradus {

/// Whether a policy acts in a step.
template <class C>
concept StepCondition = requires(const C& condition, const Step& step) {
  { condition(step) } -> std::same_as<bool>;
};

/// Every so many steps.
///
/// Errors  `Refused` when the optimizer is made, which asks it for late steps, unless steps is at least 1.
struct Every {
  std::int64_t steps = 1;

  static constexpr auto limits = Limits{Limit{"steps", &Every::steps, Range::from_one}};

  constexpr bool operator()(const Step& step) const {
    check_schedule(*this);
    return step.count % steps == 0;
  }
  constexpr std::int64_t period() const { return steps; }
};

/// From a step on.
struct From {
  std::int64_t step = 1;
  constexpr bool operator()(const Step& at) const { return at.count >= step; }
  static constexpr std::int64_t period() { return 1; }  // after very many steps
};

/// Up to and including a step.
struct Until {
  std::int64_t step = 1;
  constexpr bool operator()(const Step& at) const { return at.count <= step; }
  static constexpr std::int64_t period() { return 1; }
};

/// Whether a policy acts on a leaf.
template <class C>
concept LeafCondition = !StepCondition<C> && OfLeaf<C> && requires(const C& condition) {
  { of_leaf(condition, no_leaf) } -> std::same_as<bool>;
};

template <class C>
concept Condition = StepCondition<C> || LeafCondition<C>;

namespace detail {

/// Whether something is a condition; does not compile if not.
template <class C>
constexpr bool is_condition() {
  constexpr bool asked = Condition<C>;
  static_assert(asked,
                "gradus: this is no condition, which answers a const Step& or a leaf's name with a bool; take Every, "
                "From, Until, Named{\"a.*\"} or a callable: [](const gradus::Step& step) { return step.count < 9; }");
  return asked;
}

}  // namespace detail

}  // namespace gradus
