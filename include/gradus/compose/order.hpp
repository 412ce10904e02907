// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/clock.hpp>
#include <gradus/core/chain.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace gradus {

namespace detail {

template <class P>
constexpr bool keeps_on() {
  if constexpr (HasKept<P>)
    return requires(const P& p, const Step& step, const Norm& norm, const Sums& sums) {
      requires std::tuple_size_v<decltype(p.start())> == kept_count<P>;
      requires requires { p.next(step); } || requires { p.next(step, norm); } || requires { p.next(step, sums); };
    };
  else return true;
}

template <class P, class... Told>
concept GivesScalars = requires(const P& p, const Step& step, const Told&... told) {
  { p.at(step, told...) } -> std::same_as<std::array<double, scalar_count<P>>>;
};
template <class P>
concept GivesFirst = requires(const P& p) {
  { p.first() } -> std::same_as<std::array<double, slot_count<P>>>;
};

// Whether there is a number for each name in scalars, and for each slot where a policy says the first ones.
template <class P>
constexpr bool counts_right() {
  constexpr bool scalars =
      scalar_count<P> == 0 || ToldPolicy<P> || GivesScalars<P> || GivesScalars<P, Norm> || GivesScalars<P, Sums>;
  return scalars && (!requires(const P& p) { p.first(); } || GivesFirst<P>);
}

// Whether the last estimate of the gradient's square waits for its divisor.
template <class... P>
constexpr bool open_estimate() {
  bool open = false;
  ((open = (open || estimates_of<P>) && !divides_of<P>), ...);
  return open;
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

// Whether a policy's text behind p + u changes the parameter.
template <class P, class Slots = std::make_index_sequence<slot_count<P>>,
          class Given = std::make_index_sequence<given_count<P>>>
inline constexpr bool moves_parameter = false;
template <AfterPolicy P, std::size_t... S, std::size_t... C>
inline constexpr bool moves_parameter<P, std::index_sequence<S...>, std::index_sequence<C...>> = [] {
  Graph graph;
  const auto lane = [&](std::size_t i) { return Lane{&graph, graph.put({Op::stream, static_cast<short>(i)})}; };
  const Lane parameter = lane(0);
  Record r{parameter, parameter, parameter, parameter, parameter};
  Lane slot[]{lane(1 + S)..., parameter};
  P::after(r, slot[S]..., lane(1 + sizeof...(S) + C)...);
  return r.parameter.id != parameter.id;
}();

// What a policy's text does with the update: whether it writes one, and ignores the one it receives.
struct UpdateMarks {
  bool writes = false, forgets = false;
};
template <class P, std::size_t... S, std::size_t... C>
constexpr UpdateMarks update_marks(std::index_sequence<S...>, std::index_sequence<C...>) {
  Graph graph;
  const auto lane = [&](std::size_t i) { return Lane{&graph, graph.put({Op::stream, static_cast<short>(i)})}; };
  const Lane update = lane(0);
  Record r{lane(1), lane(2), update, lane(3)};
  Lane slot[]{lane(4 + S)..., update}, given[]{lane(4 + sizeof...(S) + C)..., update};
  P::apply(r, slot[S]..., given[C]...);
  NodeSet used;
  used.add(graph, r.update.id), used.add(graph, r.square.id);
  (used.add(graph, slot[S].id), ...);
  for (std::size_t k = 0; k != emit_count<P>; ++k)
    used.add(graph, r.emitted[k].a.id), used.add(graph, r.emitted[k].b.id);
  return {r.update.id != update.id, !used.has[update.id]};
}
template <class P>
constexpr UpdateMarks update_marks() {
  if constexpr (TextPolicy<P> && !BorrowingPolicy<P> && !NormPolicy<P> && !HasSums<P> && writes_of<P> == Writes::update)
    return update_marks<P>(std::make_index_sequence<slot_count<P>>{}, std::make_index_sequence<given_count<P>>{});
  else return {TextPolicy<P> && writes_of<P> == Writes::update, false};
}

// Asserts on named constants: for a concept the compiler would explain every part.
template <class P, class... Before>
constexpr bool stands_right(Policies<Before...>) {
  constexpr bool policy = Policy<P>;
  static_assert(policy,
                "gradus: this is not a policy; a policy has rate_at(step), or apply(Record&, one Lane& per slot, one "
                "Lane per scalar), or guards or observes (see gradus/core/policy.hpp)");
  constexpr bool counts = counts_right<P>();
  static_assert(counts,
                "gradus: this policy's numbers are not as many as their names; let at return a std::array<double, N> "
                "with one for each name in scalars, and first one for each slot");
  constexpr bool goes_on = keeps_on<P>();
  static_assert(goes_on,
                "gradus: this policy keeps numbers between steps and does not say what they are; give it start() and "
                "next(step), with one number for each name in kept");
  constexpr bool told = sums_told<P>;
  static_assert(
      told,
      "gradus: this policy asks for sums and does not say of what; give it terms(record, one Lane per slot, and one "
      "per scalar where numbers settle), with one term for each name in sums, of which there may be four");
  constexpr bool draws = !DrawingPolicy<P> || requires(const P& p, float* f, double* d) {
    p.draw(Draw{}, std::size_t{1}, f), p.draw(Draw{}, std::size_t{1}, d);
  };
  static_assert(
      draws,
      "gradus: this policy draws numbers and does not say how; give it draw(Draw, size, T* to), for float and "
      "double");
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
      (closes_of<P> && (moves_parameter<Before> || ...)) || (moves_parameter<P> && (closes_of<Before> || ...));
  static_assert(!torn,
                "gradus: a constraint moves the parameters away from where another policy knows them, such as "
                "ScheduleFree, whose average would be wrong; remove one");
  constexpr bool lifted = moves_parameter<P> && ((exact_of<Before> && !rests_of<Before>) || ...);
  static_assert(
      !lifted,
      "gradus: a policy moves the parameters away from where another one put them, such as Sphere; move it in "
      "front of that one");
  constexpr bool early =
      moves_parameter<P> && ((requires(const Before& b) { b.average(0.0, 0.0); } && !moves_parameter<Before>) || ...);
  static_assert(!early,
                "gradus: an average stands before a policy that moves the parameters, such as a constraint, and would "
                "keep what they never were; move it behind that one");
  constexpr bool lost = update_marks<P>().forgets && (update_marks<Before>().writes || ...);
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
  if constexpr (!policy || !counts || !goes_on || !told || !draws || !settles || !kept || again || cancelled || shut ||
                torn || lifted || early || lost || twice || blind || unknown || crowded)
    return false;
  else if constexpr (requires { P::template place<Policies<Before...>>(); })
    return P::template place<Policies<Before...>>();
  else return true;
}

template <class All, std::size_t... Before>
Policies<type_at<Before, All>...> first_policies(std::index_sequence<Before...>);

}  // namespace detail

/// Whether a pack of policies makes sense from left to right; if not, it does not compile, with the reason in one
/// sentence. Not recursive, so that the compiler's way to that sentence is short.
template <class All, std::size_t... I>
constexpr bool in_order(std::index_sequence<I...>) {
  constexpr bool unused = detail::open_estimate<type_at<I, All>...>();
  static_assert(!unused,
                "gradus: an estimate of the gradient's square is not used; put a divisor such as DivideByRoot behind "
                "it, or remove it");
  return !unused && (detail::stands_right<type_at<I, All>>(
                         decltype(detail::first_policies<All>(std::make_index_sequence<I>{})){}) &&
                     ...);
}

[[noreturn, gnu::noinline]] inline void refuse_state(std::string_view theirs, std::string_view ours) {
  refuse({"the state belongs to the composition (", theirs, "), not to (", ours,
          "); make one with init(theta) of this optimizer"});
}

/// Reached only by a policy whose `place` says no without an assertion.
[[noreturn]] inline void refuse_order(std::string_view composition) {
  refuse({"the order (", composition, ") is refused by one of its policies; see its place()"});
}

}  // namespace gradus
