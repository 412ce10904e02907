// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/plan/declared.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

namespace gradus::detail {

// Whether the last estimate of the gradient's square waits for its divisor.
template <class... P>
constexpr bool open_estimate() {
  bool open = false;
  ((open = (open || estimates_of<P>) && !divides_of<P>), ...);
  return open;
}

// Asserts on named constants: for a concept the compiler would explain every part.
template <class P, class... Before>
constexpr bool stands_right(Policies<Before...>) {
  constexpr bool again = once_of<P> && (std::same_as<P, Before> || ...);
  static_assert(!again, "gradus: this policy stands twice in one composition, where twice has no meaning; remove one");
  constexpr bool cancelled = cancels_scale_of<P> && (FactorPolicy<Before> || ...);
  static_assert(
      !cancelled,
      "gradus: a rate or schedule stands before a divisor such as Adaptive, where it does nothing or seems to; move "
      "LearningRate, Warmup and Decay behind it");
  constexpr bool shut = (FactorPolicy<P> || TextPolicy<P>) && (ends_of<Before> || ...);
  static_assert(!shut,
                "gradus: a policy that changes the update stands behind one that says where the step ends, such as "
                "ScheduleFree or Langevin; move it in front of that one");
  constexpr bool torn =
      (closes_of<P> && (text_marks<Before>.moves || ...)) || (text_marks<P>.moves && (closes_of<Before> || ...));
  static_assert(!torn,
                "gradus: a constraint moves the parameters away from where another policy knows them, such as "
                "ScheduleFree, whose average would be wrong; remove one");
  constexpr bool lifted = text_marks<P>.moves && ((exact_of<Before> && !rests_of<Before>) || ...);
  static_assert(
      !lifted,
      "gradus: a policy moves the parameters away from where another one put them, such as Sphere; move it in "
      "front of that one");
  constexpr bool early = !torn && text_marks<P>.moves &&
                         ((requires(const Before& b) { b.average(0.0, 0.0); } && !text_marks<Before>.moves) || ...);
  static_assert(!early,
                "gradus: an average stands before a policy that moves the parameters, such as a constraint, and would "
                "keep what they never were; move it behind that one");
  constexpr bool lost = text_marks<P>.forgets && (text_marks<Before>.writes || ...);
  static_assert(!lost,
                "gradus: a policy begins with the gradient again, and what another one before it made of that is lost; "
                "move that one behind it, or remove it");
  constexpr bool blind = behind_apply<P> && (NormPolicy<P> || EmittingPolicy<P>);
  static_assert(!blind,
                "gradus: this policy acts behind p + u alone, where norms and emitted sums are not taken; ask for sums "
                "and terms(record) instead");
  constexpr bool unknown = (refines_of<P> || (divides_of<P> && !estimates_of<P>)) && !open_estimate<Before...>();
  static_assert(!unknown,
                "gradus: this policy works on an estimate of the gradient's square, and none stands before it; put "
                "MeanSquare, SumOfSquares or another estimate there");
  constexpr bool crowded = estimates_of<P> && open_estimate<Before...>();
  static_assert(!crowded,
                "gradus: an estimate of the gradient's square stands before this one and is not used; put a divisor "
                "such as DivideByRoot between them, or remove one");
  constexpr bool twice = divides_of<P> && !rests_of<P> && ((divides_of<Before> && !rests_of<Before>) || ...);
  static_assert(
      !twice,
      "gradus: the update is divided twice by estimates of the gradient's square, such as Adaptive; remove one");
  constexpr bool valued = asks_value_of<P> && (GatheringPolicy<Before> || ...);
  static_assert(!valued,
                "gradus: Accumulate gathers gradients, and a policy behind it asks for the objective's value, of which "
                "it would see that of the last gradient alone; gather in your own loop and give the mean of both");
  if constexpr (valued || again || cancelled || shut || torn || lifted || early || lost || twice || blind || unknown ||
                crowded)
    return false;
  else if constexpr (requires { P::template place<Policies<Before...>>(); })
    return P::template place<Policies<Before...>>();
  else return true;
}

template <class All, std::size_t... Before>
Policies<type_at<Before, All>...> first_policies(std::index_sequence<Before...>);

/// Whether a pack of policies makes sense from left to right; if not, it does not compile, with the reason in one
/// sentence. Not recursive, so that the compiler's way to that sentence is short.
template <class All, std::size_t... I>
constexpr bool in_order(std::index_sequence<I...>) {
  if constexpr (!(declared_right<type_at<I, All>>() && ...)) {
    return false;
  } else {
    constexpr bool unused = open_estimate<type_at<I, All>...>();
    static_assert(!unused,
                  "gradus: an estimate of the gradient's square is not used; put a divisor such as DivideByRoot behind "
                  "it, or remove it");
    return !unused &&
           (stands_right<type_at<I, All>>(decltype(first_policies<All>(std::make_index_sequence<I>{})){}) && ...);
  }
}

[[noreturn, gnu::noinline]] inline void refuse_state(std::string_view theirs, std::string_view ours) {
  refuse({"the state belongs to the composition (", theirs, "), not to (", ours,
          "); make one with init(theta) of this optimizer"});
}

/// Reached only by a policy whose `place` says no without an assertion.
[[noreturn]] inline void refuse_order(std::string_view composition) {
  refuse({"the order (", composition, ") is refused by one of its policies; see its place()"});
}

}  // namespace gradus::detail
