// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace gradus::detail {

/// The indices of true arguments.
template <bool... Is>
constexpr auto indices() {
  std::array<std::size_t, (std::size_t{0} + ... + Is)> found{};
  [[maybe_unused]] std::size_t at = 0, i = 0;
  ((Is ? void(found[at++] = i++) : void(i++)), ...);
  return found;
}

template <std::size_t N, std::size_t M>
constexpr auto joined(const std::array<std::size_t, N>& first, const std::array<std::size_t, M>& second) {
  std::array<std::size_t, N + M> both{};
  std::size_t at = 0;
  for (const std::size_t i : first) both[at++] = i;
  for (const std::size_t i : second) both[at++] = i;
  return both;
}

/// It neither changes nor looks at the update, so that its neighbours count as adjacent.
template <class P>
inline constexpr bool passes_update =
    !(FactorPolicy<P> || TextPolicy<P> || NormPolicy<P> || HasSums<P> || EmittingPolicy<P>);

/// Where each policy's slots, scalars and numbers between steps begin among the composition's.
template <class... P>
struct Layout {
  static constexpr std::size_t size = sizeof...(P);

  template <std::size_t I>
  using policy = type_at<I, Pack<P...>>;

  // Lists of policies by kind, so that what concerns few does not visit all.
  static constexpr auto factors = indices<RatedPolicy<P>...>();
  static constexpr auto measuring = indices<NormPolicy<P>...>();
  static constexpr auto gathering = indices<GatheringPolicy<P>...>();
  static constexpr auto emitting = indices<EmittingPolicy<P>...>();
  /// Those that measure before the pass, in the order they must: those behind p + u depend on all others.
  static constexpr auto looking = joined(indices<((NormPolicy<P> || HasSums<P>) && !behind_apply<P>)...>(),
                                         indices<(HasSums<P> && behind_apply<P>)...>());
  static constexpr auto behind = indices<(AfterPolicy<P> || (HasSums<P> && behind_apply<P>))...>();
  static constexpr auto guards = indices<GuardPolicy<P>...>();
  static constexpr auto observers = indices<ObservingPolicy<P>...>();
  static constexpr auto computing = indices<(FactorPolicy<P> || scalar_count<P> != 0)...>();
  static constexpr auto slotted = indices<HasSlots<P>...>();
  static constexpr auto drawing = indices<DrawingPolicy<P>...>();
  static constexpr auto remembering = indices<(base_count<P> + kept_count<P> != 0)...>();

  static constexpr bool factor[size + 1]{FactorPolicy<P>...};

  /// The policy whose slots and scalars the text of policy i gets: a borrower's is the one in front of it.
  static constexpr std::size_t lender(std::size_t i) {
    constexpr bool borrows[]{BorrowingPolicy<P>..., false};
    return borrows[i] && i != 0 ? i - 1 : i;
  }

  /// How many factors stand in front of policy i.
  static constexpr std::size_t factors_before(std::size_t i) {
    std::size_t count = 0;
    for (const std::size_t f : factors) count += f < i;
    return count;
  }

  /// The nearest policy in front of i that has to do with the update; `size` if there is none.
  static constexpr std::size_t before(std::size_t i) {
    constexpr bool passes[]{passes_update<P>..., true};
    while (i-- != 0)
      if (!passes[i]) return i;
    return size;
  }

  /// A factor directly behind another shares its scalar: adjacent factors are multiplied on the host.
  static constexpr bool folds(std::size_t i) { return factor[i] && factor[before(i)]; }

  // Prefix sums: begin[i] is where policy i begins, begin[size] how many there are.
  static constexpr auto prefix(std::array<std::size_t, size> count) {
    std::array<std::size_t, size + 1> begin{};
    for (std::size_t i = 0; i < size; ++i) begin[i + 1] = begin[i] + count[i];
    return begin;
  }
  static constexpr auto slot = prefix({slot_count<P>...});
  static constexpr auto number = prefix({(base_count<P> + kept_count<P>)...});
  /// Where policy i's powers begin in a clock, behind the step count, and behind them what it keeps.
  static constexpr std::size_t powers(std::size_t i) { return 1 + number[i]; }
  static constexpr std::size_t kept(std::size_t i) {
    constexpr std::size_t bases[]{base_count<P>..., 0};
    return powers(i) + bases[i];
  }
  static constexpr auto norm = prefix({std::size_t{NormPolicy<P>}...});
  static constexpr auto sum = prefix({sum_room<P>...});
  static constexpr auto emit = prefix({emit_count<P>...});
  static constexpr auto draw = prefix({draw_count<P>...});
  static constexpr auto scalar = [] {
    std::array<std::size_t, size> count{scalar_count<P>...};
    for (std::size_t i = 0; i < size; ++i)
      if (factor[i]) count[i] = folds(i) ? 0 : 1;
    return prefix(count);
  }();

  /// Where policy i's first scalar is; a folded factor's is that of the factor it folds into.
  static constexpr std::size_t first_scalar(std::size_t i) {
    while (folds(i)) i = before(i);
    return scalar[i];
  }

  static constexpr std::size_t slots = slot[size];
  /// The slots of all policies, in order, as they name them.
  static constexpr auto own_slots = [] {
    std::array<Slot, slots + 1> all{};
    std::size_t at = 0;
    [[maybe_unused]] const auto put = [&]<class Q>(std::type_identity<Q>) {
      if constexpr (HasSlots<Q>)
        for (const Slot& one : Q::slots) all[at++] = one;
    };
    (put(std::type_identity<P>{}), ...);
    return all;
  }();
  static constexpr std::size_t numbers = number[size];  ///< powers and kept numbers of a clock
  static constexpr std::size_t norms = norm[size];
  static constexpr std::size_t sums = sum[size];
  static constexpr std::size_t emits = emit[size];                              ///< sums taken in the pass that writes
  static constexpr std::size_t leaf_sums = (per_leaf_of<P> || ...) ? sums : 0;  ///< a row of them for each leaf
  static constexpr std::size_t draws = draw[size];
  static constexpr std::size_t scalars = scalar[size];
};

}  // namespace gradus::detail
