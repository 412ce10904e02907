// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/parameters/named.hpp>
#include <gradus/schedule/follow.hpp>
#include <gradus/schedule/wrapped.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace gradus {

/// A policy with a hyper-parameter that differs by leaf; `by_leaf` makes one. The policy may itself be one.
template <auto Member, OfLeaf F, class P>
struct ByLeaf : P {
  static_assert(!GatheringPolicy<P> && !(per_run_of<P> && (base_count<P> != 0 || kept_count<P> != 0)),
                "gradus: what this policy keeps from step to step is the run's, and cannot differ by leaf; give the "
                "hyper-parameter by leaf to another policy");
  using grouped = grouped_of<P>;
  static constexpr bool by_leaf = true;

  F value;

  /// The policy as it is for a leaf.
  constexpr grouped in_leaf(const LeafInfo& leaf) const {
    grouped now = gradus::in_leaf(static_cast<const P&>(*this), leaf);
    if (!leaf.name.empty()) take(of_leaf(value, leaf), now.*Member);
    return now;
  }

  template <class Each>
  constexpr void for_each_pattern(Each f) const {
    gradus::for_each_pattern(static_cast<const P&>(*this), f);
    gradus::for_each_pattern(value, f);
  }

 private:
  template <class Said, class Value>
  static constexpr void take(const std::optional<Said>& said, Value& to) {
    if (said) to = detail::value_of<Value>(*said);
  }
  template <class Said, class Value>
  static constexpr void take(const Said& said, Value& to) {
    to = detail::value_of<Value>(said);
  }
};

template <auto Member, OfLeaf F, FollowingPolicy P>
struct ByLeaf<Member, F, P> : P {
  using policy = ByLeaf<Member, F, policy_of<P>>;

  F value;

  constexpr policy in_step(std::int64_t step) const { return {{P::in_step(step)}, value}; }
};

/// Values by name patterns: the first match counts; without a match there is no value.
template <std::size_t N>
struct ByName {
  struct Entry {
    Pattern pattern;
    double value;
  };
  std::array<Entry, N> entries;

  constexpr std::optional<double> operator()(std::string_view name) const {
    for (const Entry& entry : entries)
      if (Named{entry.pattern}(name)) return entry.value;
    return {};
  }

  template <class F>
  constexpr void for_each_pattern(F f) const {
    for (const Entry& entry : entries) f(entry.pattern.text);
  }
};

/// A policy whose hyper-parameter `Member` a callable gives for each leaf, by its name or its `LeafInfo`; the others
/// are those of `policy`, as is this one where the callable returns an empty optional.
///
///     gradus::by_leaf<&gradus::LearningRate::rate>({{"encoder.*", 1e-4}, {"*.bias", 1e-2}})
///     gradus::by_leaf<&gradus::WeightDecay::rate>(
///         [](const gradus::LeafInfo& leaf) { return leaf.shape.size() > 1 ? 0.01 : 0; })
///
/// An optimizer may be given in place of a policy, as to `follow`.
///
/// What belongs to all leaves together uses the policy's own value: the rate that is reported, norms, and what the
/// policy measures over all leaves. So do the first values of slots.
/// Cost    the callable, a few times per leaf and step.
/// Errors  `init` and a step are `Refused`, and nothing changed, where a value leaves the hyper-parameter's range;
///         `init` also where a pattern matches no leaf. A policy whose powers or kept numbers are the run's does not
///         compile.
template <auto Member, OfLeaf F, class P = decltype(detail::class_of(Member))>
constexpr auto by_leaf(F value, P policy = {}) {
  if constexpr (requires { policy.policies(); })
    return detail::with_only<decltype(detail::class_of(Member))>(
        policy.policies(), [&](const auto& one) { return by_leaf<Member>(value, one); });
  else return ByLeaf<Member, F, P>{std::move(policy), std::move(value)};
}
/// The same for a policy behind factors that it follows.
template <auto Member, OfLeaf F, class... Q>
constexpr auto by_leaf(F value, const detail::Pack<Q...>& watching) {
  return detail::with_last(watching, [&](const auto& policy) { return by_leaf<Member>(std::move(value), policy); });
}
template <auto Member, std::size_t N, class P = decltype(detail::class_of(Member))>
constexpr auto by_leaf(const typename ByName<N>::Entry (&entries)[N], P policy = {}) {
  return by_leaf<Member>(ByName<N>{std::to_array(entries)}, std::move(policy));
}

/// The callable or patterns that `by_leaf<Member>` was given in an optimizer, to be changed between steps.
///
///     leaf_values<&LearningRate::rate>(optimizer).entries[0].value = 1e-5;
template <auto Member, class O>
constexpr auto& leaf_values(O& optimizer) {
  return detail::first_wrapped(
      []<OfLeaf F, class P>(const ByLeaf<Member, F, P>& policy) -> const F& { return policy.value; }, optimizer,
      optimizer.policies());
}

}  // namespace gradus
