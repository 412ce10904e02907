// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/core/record.hpp>
#include <gradus/plan/trace.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace gradus::detail {

/// What a policy does, and its names for what it is given: all that a recurrence has to know, whatever its type.
struct NamedText {
  std::string_view policy;
  std::string_view factor{};  ///< of a policy that only multiplies the update
  std::string_view remark{};
  void (*run)(Record&, Lane* slots, const Lane* given) = nullptr;  ///< given: its scalars, then what is drawn
  std::span<const Slot> slots{};
  std::span<const Name> scalars{}, draws{};
  std::span<const Name> kept{};  ///< its numbers, some of which say what they become: `d <- max(d, n)`
  bool emits = false;            ///< `kept` follow from sums that the text emits
  bool receives = false;         ///< what it writes is the gradient for those behind it
  bool behind = false;           ///< it acts behind apply
};

// `From` is the policy whose slots and scalars the text of P reads.
template <class P, class From>
constexpr NamedText named_text() {
  NamedText text{.policy = policy_name<P>(), .emits = EmittingPolicy<P>, .receives = writes_of<P> == Writes::received};
  text.behind = behind_apply<P>;
  text.run = [](Record& r, [[maybe_unused]] Lane* slots, [[maybe_unused]] const Lane* given) {
    if constexpr (TextPolicy<P>) run_text<P, false, From>(r, slots, given);
    if constexpr (AfterPolicy<P>) run_text<P, true, From>(r, slots, given);
  };
  if constexpr (HasSlots<From>) text.slots = From::slots;
  if constexpr (HasScalars<From>) text.scalars = From::scalars;
  if constexpr (DrawingPolicy<From>) text.draws = From::draws;
  if constexpr (HasKept<P>) text.kept = P::kept;
  return text;
}

/// The text of policy I of a layout.
template <class L, std::size_t I>
constexpr NamedText named_text() {
  using P = typename L::template policy<I>;
  if constexpr (FactorPolicy<P>) {
    constexpr std::string_view remarks[]{"", ", in the same factor", ", where it acts",
                                         ", in the same factor, where it acts"};
    NamedText text{.policy = policy_name<P>(), .factor = "rate", .remark = remarks[L::folds(I) + 2 * rests_of<P>]};
    if constexpr (requires { P::factor_name; }) text.factor = P::factor_name;
    return text;
  } else if constexpr (GuardPolicy<P>) {
    return {.policy = policy_name<P>(), .remark = "looks whether the incoming gradient is finite"};
  } else if constexpr (ObservingPolicy<P>) {
    return {.policy = policy_name<P>(), .remark = "looks at some steps"};
  } else {
    return named_text<P, typename L::template policy<L::lender(I)>>();
  }
}

}  // namespace gradus::detail
