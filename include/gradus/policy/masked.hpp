// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/rest.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace gradus {

/// A policy that acts on some elements and rests on the others, where it changes nothing, not even its slots. `masked`
/// makes one.
///
///     u <- policy(u) where mask > 0, else u
///
/// Slots   the policy's, then mask, 1 everywhere at first. Write it through `State::slot`, in the order that
///         `State::order` gives; a second policy's is "mask 2". It is saved with the state.
/// Order   the policy's.
/// Cost    the policy's, plus reading one slot and a select per number written.
/// Errors  the policy's. A policy that is a factor, measures, guards, observes, gathers, borrows, estimates, draws,
///         keeps numbers or says where the step ends does not compile.
/// Source  `optax.masked`, per element.
template <class P>
struct Masked : detail::Resting<P, slot_count<P>> {
  static constexpr auto slots = [] {
    std::array<Slot, slot_count<P> + 1> all;
    if constexpr (HasSlots<P>)
      for (std::size_t i = 0; i != slot_count<P>; ++i) all[i] = P::slots[i];
    all[slot_count<P>] = {.name = "mask", .first = 1};
    return all;
  }();

  /// The policy's first values, and the mask's.
  constexpr std::array<double, slot_count<P> + 1> first() const {
    std::array<double, slot_count<P> + 1> all{};
    for (std::size_t i = 0; i <= slot_count<P>; ++i) all[i] = slots[i].first;
    if constexpr (requires { P::first(); }) {
      const auto own = P::first();
      for (std::size_t i = 0; i < own.size(); ++i) all[i] = own[i];
    }
    return all;
  }

  void average(double parameter, double slot) const = delete;  // it would be that of some elements

  template <class Before>
  static constexpr bool place() {
    constexpr bool by_element = !FactorPolicy<P> && !NormPolicy<P> && !HasSums<P>;
    static_assert(by_element,
                  "gradus: a factor, a norm or a sum belongs to many elements and cannot be masked; mask a policy that "
                  "has a text of its own, or give it a condition on leaves by when");
    return by_element && detail::Resting<P, slot_count<P>>::template place<Before>();
  }
};

template <FollowingPolicy P>
struct Masked<P> : P {
  using policy = Masked<policy_of<P>>;

  constexpr policy in_step(std::int64_t step) const { return {{P::in_step(step)}}; }
};

/// A policy that acts on the elements whose mask is above 0.
///
///     const gradus::Optimizer optimizer{gradus::masked(gradus::WeightDecay{0.01}), gradus::LearningRate{0.1}};
///     auto state = optimizer.init(theta);
///     std::ranges::copy(mask, state.slot<float>("mask").begin());
template <class P>
constexpr Masked<P> masked(P policy) {
  return {{std::move(policy)}};
}

/// The same for a policy behind factors that it follows.
template <class... Q>
constexpr auto masked(const detail::Pack<Q...>& watching) {
  return detail::with_last(watching, [](const auto& policy) { return masked(policy); });
}

template <class... Parts>
class Optimizer;

/// Does not compile: a mask belongs to a policy.
template <class... P>
auto masked(Optimizer<P...> optimizer) {
  static_assert(sizeof...(P) == 0,
                "gradus: a mask is a policy's; mask each policy that is to rest, or take a Partition for whole leaves: "
                "for_leaves(condition, optimizer)");
  return optimizer;
}

}  // namespace gradus
