// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/plan/layout.hpp>

#include <cstddef>
#include <utility>

namespace gradus::detail {

/// What running the texts of a composition on symbols yields: the graph, and the nodes that matter.
template <std::size_t Slots, std::size_t Policies, std::size_t Sums, std::size_t Emits>
struct Trace {
  Graph graph{};
  short parameter = -1;
  short slot[Slots + 1]{};
  short gathered[Slots + 1]{};     ///< what slots become in a call that only gathers
  short received[Policies + 1]{};  ///< the update that each policy received, after any sign
  short term[2 * Sums + 1]{};      ///< the factors of the terms of each policy's sums
  short emitted[2 * Emits + 1]{};  ///< the factors of the terms that texts leave
  bool one[Policies + 1]{};        ///< whether the update still was the gradient there
};

// Runs a policy's text, or the one behind p + u, on the slots and scalars of `From`.
template <class P, bool Behind, std::size_t... S, std::size_t... C>
constexpr void run_text(Record& r, Lane* slot, const Lane* given, std::index_sequence<S...>,
                        std::index_sequence<C...>) {
  if constexpr (Behind) P::after(r, slot[S]..., given[C]...);
  else P::apply(r, slot[S]..., given[C]...);
}
template <class P, bool Behind, class From = P>
constexpr void run_text(Record& r, [[maybe_unused]] Lane* slot, [[maybe_unused]] const Lane* given) {
  run_text<P, Behind>(r, slot, given, std::make_index_sequence<slot_count<From>>{},
                      std::make_index_sequence<given_count<From>>{});
}

// What policies' texts read besides the record.
template <class L>
struct Given {
  Lane slot[L::slots + 1], scalar[L::scalars + 1], drawn[L::draws + 1];

  // f(lane) with the lanes that the text of policy I gets behind its slots, one after the other.
  template <std::size_t I, class F>
  constexpr void with(F f) const {
    using P = typename L::template policy<I>;
    Lane all[given_count<P> + 1];
    for (std::size_t c = 0; c != scalar_count<P>; ++c) all[c] = scalar[L::scalar[I] + c];
    for (std::size_t d = 0; d != draw_count<P>; ++d) all[scalar_count<P> + d] = drawn[L::draw[I] + d];
    f(all);
  }
};

template <class L, std::size_t I>
constexpr void apply_policy(Record& r, bool& one, Given<L>& given) {
  using P = typename L::template policy<I>;
  constexpr std::size_t from = L::lender(I);
  using From = typename L::template policy<from>;
  if constexpr (FactorPolicy<P>) {
    if (!L::folds(I)) r.update = scaled(r.update, given.scalar[L::scalar[I]]);
    one = false;
  } else if constexpr (TextPolicy<P>) {
    given.template with<from>([&](const Lane* lane) { run_text<P, false, From>(r, given.slot + L::slot[from], lane); });
    if (writes_of<P> == Writes::update) one = false;
    if (one) r.gradient = r.update;
  }
}

// Notes the terms that a policy sums, of what it receives.
template <class L, std::size_t I, std::size_t... S, std::size_t... C>
constexpr void note_terms(const Record& r, const Given<L>& given, short* term, std::index_sequence<S...>,
                          std::index_sequence<C...>) {
  using P = typename L::template policy<I>;
  const auto note = [&](const auto& terms) {
    for (const Term& t : terms) *term++ = t.a.id, *term++ = t.b.id;
  };
  if constexpr (SettlingPolicy<P>) note(P::terms(r, given.slot[L::slot[I] + S]..., given.scalar[L::scalar[I] + C]...));
  else note(P::terms(r, given.slot[L::slot[I] + S]...));
}
template <class L, std::size_t I>
constexpr void note_terms(const Record& r, const Given<L>& given, short* term) {
  using P = typename L::template policy<I>;
  note_terms<L, I>(r, given, term + 2 * L::sum[I], std::make_index_sequence<slot_count<P>>{},
                   std::make_index_sequence<scalar_count<P>>{});
}

// Notes what the gathering policy's slots become in a call that takes no step.
template <class L, std::size_t I, std::size_t... S, std::size_t... C>
constexpr void note_gathered(Record r, const Given<L>& given, short* gathered, std::index_sequence<S...>,
                             std::index_sequence<C...>) {
  using P = typename L::template policy<I>;
  Lane own[]{given.slot[L::slot[I] + S]...};
  given.template with<I>([&]([[maybe_unused]] const Lane* lane) { P::gather(r, own[S]..., lane[C]...); });
  ((gathered[L::slot[I] + S] = own[S].id), ...);
}

// Notes what a policy looks at, does and emits.
template <class L, std::size_t I, class Trace>
constexpr void trace_policy(Record& r, bool& one, Given<L>& given, Trace& made) {
  using P = typename L::template policy<I>;
  made.received[I] = r.update.id, made.one[I] = one;
  if constexpr (HasSums<P> && !behind_apply<P>) note_terms<L, I>(r, given, made.term);
  apply_policy<L, I>(r, one, given);
  for (std::size_t k = 0; k != emit_count<P>; ++k) {
    short* emitted = made.emitted + 2 * (L::emit[I] + k);
    emitted[0] = r.emitted[k].a.id, emitted[1] = r.emitted[k].b.id;
  }
}

// The same behind p + u.
template <class L, std::size_t I, class Trace>
constexpr void trace_behind(Record& r, Given<L>& given, Trace& made) {
  using P = typename L::template policy<I>;
  if constexpr (HasSums<P> && behind_apply<P>) note_terms<L, I>(r, given, made.term);
  if constexpr (AfterPolicy<P>)
    given.template with<I>([&](const Lane* lane) { run_text<P, true>(r, given.slot + L::slot[I], lane); });
}

template <class L, std::size_t... I>
constexpr auto trace(std::index_sequence<I...>) {
  Trace<L::slots, L::size, L::sums, L::emits> made;
  const auto leaf = [&](Op op, std::size_t i) {
    return Lane{&made.graph, made.graph.put({op, static_cast<short>(i)})};
  };
  Given<L> given;
  for (std::size_t s = 0; s != L::slots; ++s) given.slot[s] = leaf(Op::stream, 2 + s);
  for (std::size_t d = 0; d != L::draws; ++d) given.drawn[d] = leaf(Op::stream, 2 + L::slots + d);
  for (std::size_t c = 0; c != L::scalars; ++c) given.scalar[c] = leaf(Op::scalar, c);
  Record r{leaf(Op::stream, 0), leaf(Op::stream, 1), leaf(Op::stream, 1)};
  for (std::size_t s = 0; s != L::slots; ++s) made.gathered[s] = given.slot[s].id;
  if constexpr (L::gathering.size() != 0) {
    constexpr std::size_t i = L::gathering[0];
    using P = typename L::template policy<i>;
    note_gathered<L, i>(r, given, made.gathered, std::make_index_sequence<slot_count<P>>{},
                        std::make_index_sequence<given_count<P>>{});
  }
  [[maybe_unused]] bool one = true;
  (trace_policy<L, I>(r, one, given, made), ...);
  r.before = r.parameter, r.parameter = r.parameter + r.update;
  repeat<L::behind.size()>([&](auto k) { trace_behind<L, L::behind[k]>(r, given, made); });
  made.parameter = r.parameter.id;
  for (std::size_t s = 0; s != L::slots; ++s) made.slot[s] = given.slot[s].id;
  return made;
}

/// The trace of a composition.
template <class... P>
inline constexpr auto trace_of = trace<Layout<P...>>(std::index_sequence_for<P...>{});

}  // namespace gradus::detail
