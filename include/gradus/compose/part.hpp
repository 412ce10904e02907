// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/leaf_info.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/report.hpp>
#include <gradus/core/stand_in.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/named.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

namespace detail {

/// Leaves and the optimizer that steps them: a part of a `Partition`.
template <class C, class Optimizer>
struct Part {
  static constexpr bool asks_value = Optimizer::asks_value;

  C leaves;  ///< which leaves, by their name or `LeafInfo`
  Optimizer optimizer;
};

/// The leaves that no earlier part has.
struct Others {
  constexpr bool operator()(std::string_view) const { return true; }
};

}  // namespace detail

/// A part of a `Partition`: the leaves that a condition holds for, and policies, or an optimizer, for them.
template <OfLeaf C, class... P>
constexpr auto for_leaves(C leaves, P... policy) {
  constexpr bool alone = !(Backend<P> || ...);
  static_assert(alone, "gradus: a Partition has one backend for all parts; name it in front of them, or in the step");
  return detail::Part<C, Optimizer<P...>>{std::move(leaves), Optimizer<P...>(std::move(policy)...)};
}
/// Does not compile: a part has leaves.
template <class C, class... P>
  requires(!OfLeaf<C>)
constexpr auto for_leaves(const C&, P... policy) {
  constexpr bool of_leaf = OfLeaf<C>;
  static_assert(of_leaf,
                "gradus: leaves are chosen by their names: for_leaves(Named{\"a.*\"}, policies), or by a callable that "
                "takes a std::string_view or a LeafInfo and returns a bool");
  return detail::Part<Named, Optimizer<P...>>{{}, Optimizer<P...>(std::move(policy)...)};
}
/// The part of all leaves that are left.
template <class... P>
constexpr auto for_others(P... policy) {
  return for_leaves(detail::Others{}, std::move(policy)...);
}

namespace detail {

/// The policies of an optimizer.
template <class O>
using policies_of = std::remove_cvref_t<decltype(std::declval<const O&>().policies())>;

template <class T>
inline constexpr bool is_part = false;
template <class C, class O>
inline constexpr bool is_part<Part<C, O>> = true;

/// A policy whose scalars were calculated in front of the parts, from the norm over all leaves.
template <NormPolicy P, std::size_t First>
struct Told : P {
  using stands_for = P;
  static constexpr std::size_t told = First;
  void norm_order() const = delete;  // so that it is not measured again
};

/// Whether a policy concerns whole leaves or steps, and no element: it guards, observes or freezes.
template <class P>
inline constexpr bool of_whole = GuardPolicy<P> || ObservingPolicy<P> || FreezingPolicy<P>;

/// Whether it only measures the gradient of all leaves, and keeps nothing.
template <class P>
inline constexpr bool only_measures =
    NormPolicy<P> && !HasSums<P> && !DrawingPolicy<P> && !GroupedPolicy<P> && !BorrowingPolicy<P> && !AfterPolicy<P> &&
    !RatedPolicy<P> && slot_count<P> + base_count<P> + kept_count<P> == 0;

// Whether these can stand in front of parts.
template <class... P>
constexpr bool fit_in_front(const Pack<P...>*) {
  constexpr bool measure = ((of_whole<P> || only_measures<P>) && ...);
  static_assert(
      measure,
      "gradus: in front of the parts of a Partition stands what looks at all leaves and keeps nothing: "
      "a norm such as ClipNorm, a guard, Freeze or Log; put this policy into the parts, or gather in your own "
      "loop where it is Accumulate");
  return measure;
}

// Whether these can stand in a part.
template <class... P>
constexpr bool fit_in_part(const Pack<P...>*) {
  constexpr bool steps = !((of_whole<policy_of<P>> || GatheringPolicy<policy_of<P>>) || ...);
  static_assert(steps,
                "gradus: a policy in a part of a Partition guards, observes, freezes or gathers, which concerns all "
                "leaves; put it in front of the parts, or gather before the step");
  return steps;
}

/// Whether something given to a partition fits; does not compile if not.
template <class Given>
constexpr bool fits_partition() {
  if constexpr (is_part<Given>)
    return fit_in_part(static_cast<const policies_of<decltype(Given::optimizer)>*>(nullptr));
  else return true;
}

template <class... P>
constexpr auto optimizer_of(const Pack<P...>& policies) {
  return policies.apply([](const P&... policy) { return Optimizer<P...>(policy...); });
}

/// The optimizer of what stands in front of the parts.
template <class... Given>
constexpr auto in_front(const Given&... given) {
  const auto policies = []<class One>(const One& one) {
    if constexpr (is_part<One>) return Pack<>{};
    else return policy_part(one);
  };
  return optimizer_of(detail::concat(Pack<>{}, policies(given)...));
}

// The policies in front of the parts, as each part has them.
template <class... P, std::size_t... I>
constexpr auto told_in_part(const Pack<P...>& front, std::index_sequence<I...>) {
  [[maybe_unused]] const auto told = []<std::size_t K, class One>(std::integral_constant<std::size_t, K>,
                                                                  const One& one) {
    if constexpr (only_measures<One>) {
      using There = Told<One, Layout<P...>::first_scalar(K)>;
      return Pack<There>(There{one});
    } else {
      return Pack<>{};
    }
  };
  return detail::concat(Pack<>{}, told(std::integral_constant<std::size_t, I>{}, front.template get<I>())...);
}

/// The parts, each with the policies in front of them.
template <class Front, class... Given>
constexpr auto parts_behind(const Front& front, const Given&... given) {
  const auto part = [&]<class One>(const One& one) {
    if constexpr (is_part<One>) {
      const auto now = front.policies().apply(
          []<class... P>(const P&... policy) { return Pack<policy_of<P>...>(gradus::in_step(policy, 1)...); });
      const auto told = told_in_part(now, std::make_index_sequence<decltype(now)::size>{});
      const auto optimizer = optimizer_of(detail::concat(told, one.optimizer.policies()));
      using Behind = Part<decltype(one.leaves), std::remove_const_t<decltype(optimizer)>>;
      return Pack<Behind>(Behind{one.leaves, optimizer});
    } else {
      return Pack<>{};
    }
  };
  return detail::concat(Pack<>{}, part(given)...);
}

/// Combines the parts' reports into one of all leaves.
struct CollectReport {
  Report& all;
  bool first;

  bool wants(std::int64_t) const { return true; }
  void report(const Report& part) const {
    if (first) all.rate = part.rate;
    all.gradient_norm = std::hypot(all.gradient_norm, part.gradient_norm);
  }
};

template <class Theta>
[[noreturn, gnu::noinline]] void refuse_empty_part(std::size_t part, Theta& theta) {
  std::string names;
  for_each_leaf(theta, no_gradient, [&](const Path& path, auto&, const NoGradient&) {
    if (names.size() < 200) names += (names.empty() ? "" : ", ") + path.leaf_name();
    else if (!names.ends_with("...")) names += ", ...";
  });
  refuse({"part ", part, " of the partition has no leaf; name one that no part in front has of ",
          names.empty() ? "a set that has any" : names, ", or leave the part out"});
}

}  // namespace detail

}  // namespace gradus
