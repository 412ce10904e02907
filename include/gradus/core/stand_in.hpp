// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf_info.hpp>
#include <gradus/core/step.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace gradus {

/// It stands for a policy whose hyper-parameters change with the run's step; `follow` makes one.
template <class P>
concept FollowingPolicy = requires(const P& p, std::int64_t step) {
  { p.in_step(step) } -> std::same_as<typename P::policy>;
};

namespace detail {

template <class P>
struct Innermost {
  using type = P;
};
template <FollowingPolicy P>
struct Innermost<P> {
  using type = typename P::policy;
};

}  // namespace detail

/// The underlying policy, whether P follows or not.
template <class P>
using policy_of = typename detail::Innermost<P>::type;

/// A factor that applies only to a hyper-parameter of the policy behind it.
template <class P>
concept WatchedPolicy = requires(const P& p, const Step& step) {
  { p.watched_at(step) } -> std::convertible_to<double>;
};

/// How many factors in front of a policy multiply its hyper-parameters; `follow` puts them there.
template <class P>
inline constexpr std::size_t watched_of = 0;
template <class P>
  requires requires { P::watched; }
inline constexpr std::size_t watched_of<P> = P::watched;

/// A policy as it is in a step.
template <class P>
constexpr policy_of<P> in_step(const P& policy, [[maybe_unused]] std::int64_t step) {
  if constexpr (FollowingPolicy<P>) return policy.in_step(step);
  else return policy;
}

/// Its hyper-parameters differ from leaf to leaf; `by_leaf` makes one.
template <class P>
concept GroupedPolicy = requires(const P& p, const LeafInfo& leaf) {
  { p.in_leaf(leaf) } -> std::same_as<typename P::grouped>;
};

/// A policy as it is for a leaf.
template <class P>
constexpr decltype(auto) in_leaf(const P& policy, const LeafInfo& leaf) {
  if constexpr (GroupedPolicy<P>) return policy.in_leaf(leaf);
  else return (policy);
}

/// The policy itself, whether it differs from leaf to leaf or not.
template <class P>
using grouped_of = std::remove_cvref_t<decltype(gradus::in_leaf(std::declval<const P&>(), no_leaf))>;

}  // namespace gradus
