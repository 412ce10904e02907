// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/report.hpp>
#include <gradus/plan/clock.hpp>
#include <gradus/plan/text_marks.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace gradus::detail {

// Whether a member that the engine calls is not const, so that it would be taken for missing.
template <class P>
constexpr bool some_not_const() {
  constexpr Step step;
  return (requires(P& p) { p.first(); } && !requires(const P& p) { p.first(); }) ||
         (requires(P& p) { p.bases(); } && !requires(const P& p) { p.bases(); }) ||
         (requires(P& p) { p.start(); } && !requires(const P& p) { p.start(); }) ||
         (requires(P& p) { p.norm_order(); } && !requires(const P& p) { p.norm_order(); }) ||
         (requires(P& p) { p.gathers(1.0); } && !requires(const P& p) { p.gathers(1.0); }) ||
         (requires(P& p) { p.rate_at(step); } && !requires(const P& p) { p.rate_at(step); }) ||
         (requires(P& p) { p.at(step); } && !requires(const P& p) { p.at(step); }) ||
         (requires(P& p) { p.next(step); } && !requires(const P& p) { p.next(step); }) ||
         (requires(P& p) { p.counted_rate(step); } && !requires(const P& p) { p.counted_rate(step); }) ||
         (requires(P& p) { p.late(1.0); } && !requires(const P& p) { p.late(1.0); }) ||
         (requires(P& p) { p.period(); } && !requires(const P& p) { p.period(); }) ||
         (requires(P& p) { p.average(1.0, 1.0); } && !requires(const P& p) { p.average(1.0, 1.0); }) ||
         (requires(P& p) { p.wants(step.count); } && !requires(const P& p) { p.wants(step.count); }) ||
         (requires(P& p) { p.freezes(no_leaf); } && !requires(const P& p) { p.freezes(no_leaf); });
}

// Whether a member is a function, not a hyper-parameter of that name, and whether it takes a copy of the record.
template <class Member>
inline constexpr bool is_function =
    std::is_function_v<std::remove_pointer_t<Member>> || std::is_member_function_pointer_v<Member>;
template <class Member>
inline constexpr bool copies_record = false;
template <class Result, class... Lanes>
inline constexpr bool copies_record<Result (*)(Record, Lanes...)> = true;

// Whether a text takes something else than a record, its slots and scalars. A template cannot be asked.
template <class P>
constexpr bool takes_else() {
  bool other = false;
  if constexpr (requires { &P::apply; })
    other = copies_record<decltype(&P::apply)> || (is_function<decltype(&P::apply)> && !takes_apply<P>);
  if constexpr (requires { &P::after; })
    other = other || copies_record<decltype(&P::after)> || (is_function<decltype(&P::after)> && !takes_after<P>);
  return other;
}

template <class P, class Slots = std::make_index_sequence<slot_count<P>>,
          class Given = std::make_index_sequence<given_count<P>>>
inline constexpr bool gathers_right = true;
template <GatheringPolicy P, std::size_t... S, std::size_t... C>
inline constexpr bool gathers_right<P, std::index_sequence<S...>, std::index_sequence<C...>> =
    requires(Record& r, LaneAt<S>&... slot, LaneAt<C>... given) { P::gather(r, slot..., given...); };

template <class A, std::size_t N>
concept Numbers = std::same_as<A, std::array<double, N>>;

// What a policy is told with the step: by `at`, and by `next`.
template <class P, class... Told>
concept GivesScalars = requires(const P& p, const Step& step, const Told&... told) {
  { p.at(step, told...) } -> Numbers<scalar_count<P>>;
};
template <class P, class... Told>
concept GivesNext = requires(const P& p, const Step& step, const Told&... told) {
  { p.next(step, told...) } -> Numbers<kept_count<P>>;
};

// Whether there is a number for each name in scalars, and for each slot where a policy says the first ones.
template <class P>
constexpr bool counts_right() {
  constexpr bool scalars = scalar_count<P> == 0 || ToldPolicy<P> ||
                           (NormPolicy<P> ? GivesScalars<P, Norm>
                            : HasSums<P>  ? GivesScalars<P, Sums>
                                          : GivesScalars<P>);
  constexpr bool first = !requires(const P& p) { p.first(); } || requires(const P& p) {
    { p.first() } -> Numbers<slot_count<P>>;
  };
  constexpr bool bases = !HasBases<P> || requires(const P& p) {
    { p.bases() } -> Numbers<base_count<P>>;
  };
  return scalars && first && bases;
}

template <class P>
constexpr bool keeps_on() {
  if constexpr (HasKept<P>)
    return requires(const P& p) {
      { p.start() } -> Numbers<kept_count<P>>;
      requires GivesNext<P> || GivesNext<P, Norm> || GivesNext<P, Sums>;
    };
  else return true;
}

// Whether a policy that asks for sums says of what; a chain measures at most the factors that `MeasuredNodes` holds.
template <class P, class Slots = std::make_index_sequence<slot_count<P>>,
          class Scalars = std::make_index_sequence<SettlingPolicy<P> ? scalar_count<P> : 0>>
inline constexpr bool sums_told = !HasSums<P>;
template <HasSums P, std::size_t... S, std::size_t... C>
inline constexpr bool sums_told<P, std::index_sequence<S...>, std::index_sequence<C...>> =
    2 * sum_count<P> <= std::size(MeasuredNodes{}.of) &&
    requires(const Record& r, LaneAt<S>... slot, LaneAt<C>... scalar) {
      { P::terms(r, slot..., scalar...) } -> std::same_as<std::array<Term, sum_count<P>>>;
    };

// In each of these, the asserts are on named constants: for a concept the compiler would explain every part.

// Whether it is a policy, whose functions can be called.
template <class P>
constexpr bool is_policy() {
  constexpr bool changing = some_not_const<P>();
  static_assert(
      !changing,
      "gradus: a member function of this policy is not const, and an optimizer's policies are; make all const "
      "but apply, after, gather and terms, which are static");
  constexpr bool otherwise = !BorrowingPolicy<P> && !FactorPolicy<P> && takes_else<P>();
  static_assert(!otherwise,
                "gradus: this policy's apply or after does not take what it is given; let it be static and public, and "
                "take Record&, one Lane& per slot, and one Lane per scalar and drawn number");
  constexpr bool policy = Policy<P> || otherwise || changing;
  static_assert(policy,
                "gradus: this is not a policy; a policy has rate_at(step), or apply(Record&, one Lane& per slot, one "
                "Lane per scalar), or guards or observes (see gradus/core/policy.hpp)");
  constexpr bool twofold = FactorPolicy<P> && (TextPolicy<P> || AfterPolicy<P>);
  static_assert(
      !twofold,
      "gradus: this policy has rate_at and a text, and only the first would count; name what a text counts in "
      "the rate in force counted_rate, or make it two policies");
  return !changing && !otherwise && policy && !twofold;
}

// Whether it gives as many numbers as it names.
template <class P>
constexpr bool numbers_right() {
  constexpr bool counts = counts_right<P>();
  static_assert(
      counts,
      "gradus: this policy's numbers are not as many as their names; let at return a std::array<double, N> "
      "with one for each name in scalars, first one for each slot, and bases as many as it has; where it asks "
      "for a norm or sums, at is told them too: at(step, norm)");
  constexpr bool goes_on = keeps_on<P>();
  static_assert(goes_on,
                "gradus: this policy keeps numbers between steps and does not say what they are; give it start() and "
                "next(step), which return a std::array of doubles, one for each name in kept");
  constexpr bool draws = !DrawingPolicy<P> || requires(const P& p, float* f, double* d) {
    p.draw(Draw{}, std::size_t{1}, f), p.draw(Draw{}, std::size_t{1}, d);
  };
  static_assert(
      draws,
      "gradus: this policy draws numbers and does not say how; give it draw(Draw, size, T* to), for float and "
      "double");
  return counts && goes_on && draws;
}

// Whether it says what it sums, and keeps what follows.
template <class P>
constexpr bool sums_right() {
  constexpr bool told = sums_told<P>;
  static_assert(told,
                "gradus: this policy asks for sums and does not say of what; give it terms(record, one Lane per slot, "
                "and one per scalar where numbers settle), with one term for each name in sums, of which there may be "
                "four");
  constexpr bool torn = NormPolicy<P> && HasSums<P>;
  static_assert(
      !torn,
      "gradus: this policy asks for a norm and for sums, and is told but one; sum the squares instead, or make "
      "it two policies");
  constexpr bool settles = !SettlingPolicy<P> || (per_leaf_of<P> && requires(const P& p, double* d) {
    { p.settle(d, d) } -> std::same_as<bool>;
  });
  static_assert(settles,
                "gradus: this policy makes numbers of sums until they settle, which goes leaf by leaf alone; give it "
                "per_leaf and settle(sum, number)");
  constexpr bool kept = !EmittingPolicy<P> || (HasKept<P> && per_run_of<P> && !NormPolicy<P> && !HasSums<P> &&
                                               emit_count<P> <= std::size(Record{}.emitted));
  static_assert(kept,
                "gradus: this policy leaves sums for its next step and does not keep what follows from them; give it "
                "per_run, kept, start() and next(step, sums), and no norms or sums of other kinds");
  return told && !torn && settles && kept;
}

// Whether it has what is called in some steps.
template <class P>
constexpr bool answers_right() {
  constexpr bool gathers = gathers_right<P> || rests_of<P>, rests = rests_of<P> && GatheringPolicy<P>;
  static_assert(!rests,
                "gradus: a policy that gathers decides itself which calls it takes, and cannot rest; leave out the "
                "condition or the mask");
  static_assert(
      gathers,
      "gradus: this policy gathers and does not say how; give it gather(Record&, one Lane& per slot, one Lane "
      "per scalar), and kept, whose first number counts the calls that gathered");
  constexpr bool answers = (!GuardPolicy<P> || requires(const P& p, const NonFinite& found) { p.found(found); }) &&
                           (!ObservingPolicy<P> || requires(const P& p, const Report& report) { p.report(report); });
  static_assert(answers,
                "gradus: this policy guards or observes and does not say what follows; give it found(const NonFinite&) "
                "const, or report(const Report&) const");
  return !rests && gathers && answers;
}

// Whether its text can run on symbols.
template <class P>
constexpr bool runs_right() {
  constexpr bool runs = runs_while_compiling<P>;
  static_assert(
      runs,
      "gradus: the text of this policy does not run while compiling: apply, after or gather, or what it calls, "
      "is not constexpr, a Lane is not set, or it has more than 224 operations; write static constexpr void");
  return runs;
}

// Whether what its text writes is read.
template <class P>
constexpr bool writes_right() {
  constexpr TextMarks marks = text_marks<P>;
  static_assert(!marks.loses,
                "gradus: what this policy writes is not read; write r.update, also where it says Writes::received, "
                "r.parameter in after, and r.square only if it says estimates or refines");
  static_assert(
      marks.keeps,
      "gradus: this policy does not write one of its slots, which stays 0; take it by reference, Lane&, let it "
      "start elsewhere, or say that it is given from outside: {.name = \"...\", .given = true}");
  return !marks.loses && marks.keeps;
}

/// Whether what a policy declares is complete; does not compile, with the reason in one sentence, if it is not.
template <class P>
constexpr bool declared_right() {
  if constexpr (!is_policy<P>()) return false;
  else if constexpr (!(numbers_right<P>() && sums_right<P>() && answers_right<P>())) return false;
  else if constexpr (!runs_right<P>()) return false;
  else return writes_right<P>();
}

}  // namespace gradus::detail
