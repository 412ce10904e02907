// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/leaf_info.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/core/stand_in.hpp>
#include <gradus/schedule/when.hpp>

#include <cstddef>
#include <cstdint>
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

/// The leaves that no part in front has.
struct Others {
  constexpr bool operator()(std::string_view) const { return true; }
};

}  // namespace detail

/// A part of a `Partition`: the leaves that a condition holds for, and policies, or an optimizer, for them.
template <OfLeaf C, class... P>
constexpr auto for_leaves(C leaves, P... policy) {
  return detail::Part<C, Optimizer<P...>>{std::move(leaves), Optimizer<P...>(std::move(policy)...)};
}
/// The part of all leaves that are left.
template <class... P>
constexpr auto for_others(P... policy) {
  return for_leaves(detail::Others{}, std::move(policy)...);
}

/// Does not compile: a condition is a policy's own.
template <Condition C, class... P>
void when(C, Optimizer<P...>) {
  static_assert(!Condition<C>,
                "gradus: a condition is a policy's; an optimizer for some leaves is a part of a Partition: "
                "for_leaves(condition, optimizer)");
}

/// The policies of an optimizer.
template <class O>
using policies_of = std::remove_cvref_t<decltype(std::declval<const O&>().policies())>;

namespace detail {

/// A policy that is told its norm, which was taken of more leaves than those that it steps.
template <NormPolicy P>
struct Told : P {
  Norm norm{};

  void norm_order() const = delete;  // so that nobody takes it again
  constexpr auto at(const Step& step) const { return P::at(step, norm); }
};

template <NormPolicy P>
  requires FollowingPolicy<P>
struct Told<P> : P {
  using policy = Told<policy_of<P>>;

  void norm_order() const = delete;
  constexpr policy in_step(std::int64_t step) const { return {P::in_step(step), {}}; }
};

template <class T>
inline constexpr bool is_part = false;
template <class C, class O>
inline constexpr bool is_part<Part<C, O>> = true;

/// Whether a policy concerns all leaves together and no element.
template <class P>
inline constexpr bool of_whole = GuardPolicy<P> || ObservingPolicy<P> || FreezingPolicy<P>;

// Whether these can stand in front of parts.
template <class... P>
constexpr bool stand_in_front(const Pack<P...>*) {
  constexpr bool forget =
      ((slot_count<P> == 0 && kept_count<P> == 0 && !HasSums<P> && !DrawingPolicy<P> && !GatheringPolicy<P> &&
        !BorrowingPolicy<P> && !GroupedPolicy<P> && !estimates_of<P> && !refines_of<P>) &&
       ...);
  static_assert(forget,
                "gradus: a policy in front of the parts of a Partition keeps, sums, draws or estimates something, or "
                "differs by leaf; put it into the parts");
  return forget;
}

// Whether these can stand in a part.
template <class... P>
constexpr bool stand_in_part(const Pack<P...>*) {
  constexpr bool single = !(of_whole<policy_of<P>> || ...);
  static_assert(single,
                "gradus: a policy in a part of a Partition guards, observes or freezes, which concerns all leaves; put "
                "it in front of the parts");
  return single;
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
  return optimizer_of(concat(Pack<>{}, policies(given)...));
}

// A policy in front of the parts, as it stands in each.
template <class P>
constexpr auto in_part(const P& policy) {
  if constexpr (of_whole<policy_of<P>>) return Pack<>{};
  else if constexpr (NormPolicy<P>) return Pack<Told<P>>(Told<P>{policy});
  else return Pack<P>(policy);
}

/// The parts, each with what stands in front of it.
template <class Front, class... Given>
constexpr auto parts_behind(const Front& front, const Given&... given) {
  const auto shared =
      front.policies().apply([](const auto&... policy) { return concat(Pack<>{}, in_part(policy)...); });
  const auto part = [&]<class One>(const One& one) {
    if constexpr (is_part<One>) {
      const auto optimizer = optimizer_of(concat(shared, one.optimizer.policies()));
      using Behind = Part<decltype(one.leaves), std::remove_const_t<decltype(optimizer)>>;
      return Pack<Behind>(Behind{one.leaves, optimizer});
    } else {
      return Pack<>{};
    }
  };
  return concat(Pack<>{}, part(given)...);
}

/// Whether what a partition is made of goes together; does not compile where it does not.
template <class Given>
constexpr bool stands_in_partition() {
  if constexpr (is_part<Given>)
    return stand_in_part(static_cast<const policies_of<decltype(Given::optimizer)>*>(nullptr));
  else return true;
}

/// Puts policies that stand in front of the parts, as they are in a step and with the norms of all leaves, in front of
/// those of one.
template <class... F, class Own>
void tell(const Pack<F...>& front, const Norm* norms, Own& own) {
  constexpr std::size_t here[]{!of_whole<F>..., 0};
  repeat<sizeof...(F)>([&](auto i) {
    if constexpr (here[i] != 0) {
      constexpr std::size_t at = [&] {
        std::size_t before = 0;
        for (std::size_t j = 0; j < i; ++j) before += here[j];
        return before;
      }();
      auto& to = own.template get<at>();
      if constexpr (NormPolicy<type_at<i, Pack<F...>>>) to = {front.template get<i>(), norms[Layout<F...>::norm[i]]};
      else to = front.template get<i>();
    }
  });
}

}  // namespace detail

}  // namespace gradus
