// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace gradus {

namespace detail {

/// Where the truths are.
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

}  // namespace detail

/// Where each policy's slots, scalars and numbers between steps begin in the composition's.
template <class... P>
struct Layout {
  static constexpr std::size_t size = sizeof...(P);

  template <std::size_t I>
  using policy = std::tuple_element_t<I, std::tuple<P...>>;

  // Lists of policies, so that what concerns few is not asked of all.
  static constexpr auto factors = detail::indices<FactorPolicy<P>...>();
  static constexpr auto measuring = detail::indices<NormPolicy<P>...>();
  static constexpr auto gathering = detail::indices<GatheringPolicy<P>...>();
  static constexpr auto emitting = detail::indices<EmittingPolicy<P>...>();
  /// Who looks before the pass, in the order it must: what lies behind p + u follows from all else.
  static constexpr auto looking =
      detail::joined(detail::indices<((NormPolicy<P> || HasSums<P>) && !behind_apply<P>)...>(),
                     detail::indices<(HasSums<P> && behind_apply<P>)...>());
  static constexpr auto guards = detail::indices<GuardPolicy<P>...>();
  static constexpr auto observers = detail::indices<ObservingPolicy<P>...>();
  static constexpr auto computing = detail::indices<(FactorPolicy<P> || scalar_count<P> != 0)...>();
  static constexpr auto slotted = detail::indices<HasSlots<P>...>();
  static constexpr auto drawing = detail::indices<DrawingPolicy<P>...>();
  static constexpr auto remembering = detail::indices<(base_count<P> + kept_count<P> != 0)...>();

  static constexpr bool factor[size + 1]{FactorPolicy<P>...};

  /// How many factors stand in front of policy i.
  static constexpr std::size_t factors_before(std::size_t i) {
    std::size_t count = 0;
    for (const std::size_t f : factors) count += f < i;
    return count;
  }

  /// A factor directly behind another shares its scalar: adjacent factors are multiplied on the host.
  static constexpr bool folds(std::size_t i) { return i != 0 && factor[i] && factor[i - 1]; }

  // Prefix sums: begin[i] is where policy i begins, begin[size] how many there are.
  static constexpr auto prefix(std::array<std::size_t, size> count) {
    std::array<std::size_t, size + 1> begin{};
    for (std::size_t i = 0; i < size; ++i) begin[i + 1] = begin[i] + count[i];
    return begin;
  }
  static constexpr auto slot = prefix({slot_count<P>...});
  static constexpr auto number = prefix({(base_count<P> + kept_count<P>)...});
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
  static constexpr std::size_t first_scalar(std::size_t i) { return scalar[i] - std::size_t{folds(i)}; }

  static constexpr std::size_t slots = slot[size];
  static constexpr std::size_t numbers = number[size];  ///< powers and kept numbers of a clock
  static constexpr std::size_t norms = norm[size];
  static constexpr std::size_t sums = sum[size];
  static constexpr std::size_t emits = emit[size];                              ///< sums taken in the pass that writes
  static constexpr std::size_t leaf_sums = (per_leaf_of<P> || ...) ? sums : 0;  ///< a row of them for each leaf
  static constexpr std::size_t draws = draw[size];
  static constexpr std::size_t scalars = scalar[size];
};

/// What running the texts of a composition on symbols left: the graph, and the nodes that matter.
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

namespace detail {

template <class P, std::size_t... S, std::size_t... C>
constexpr void apply_text(Record& r, Lane* slot, const Lane* scalar, std::index_sequence<S...>,
                          std::index_sequence<C...>) {
  P::apply(r, slot[S]..., scalar[C]...);
}

template <class P, std::size_t... S, std::size_t... C>
constexpr void apply_after(Record& r, Lane* slot, const Lane* scalar, std::index_sequence<S...>,
                           std::index_sequence<C...>) {
  P::after(r, slot[S]..., scalar[C]...);
}

// What policies' texts read besides the record.
template <class L>
struct Given {
  Lane slot[L::slots + 1], scalar[L::scalars + 1], drawn[L::draws + 1];

  // f(lane) with the lanes that the text of policy I gets behind its slots, one behind the other.
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
  // A borrower's text gets what the policy before it has.
  constexpr std::size_t from = BorrowingPolicy<P> && I != 0 ? I - 1 : I;
  using From = typename L::template policy<from>;
  if constexpr (FactorPolicy<P>) {
    if (!L::folds(I)) r.update = scaled(r.update, given.scalar[L::scalar[I]]);
    one = false;
  } else if constexpr (TextPolicy<P>) {
    given.template with<from>([&](const Lane* lane) {
      apply_text<P>(r, given.slot + L::slot[from], lane, std::make_index_sequence<slot_count<From>>{},
                    std::make_index_sequence<given_count<From>>{});
    });
    if (writes_of<P> == Writes::update) one = false;
    if (one) r.gradient = r.update;
  }
}

template <class L, std::size_t I>
constexpr void act_after(Record& r, Given<L>& given) {
  using P = typename L::template policy<I>;
  if constexpr (AfterPolicy<P>)
    given.template with<I>([&](const Lane* lane) {
      apply_after<P>(r, given.slot + L::slot[I], lane, std::make_index_sequence<slot_count<P>>{},
                     std::make_index_sequence<given_count<P>>{});
    });
}

// Notes the terms that a policy sums, of what it receives.
template <class L, bool behind, std::size_t I, std::size_t... S, std::size_t... C>
constexpr void note_terms([[maybe_unused]] const Record& r, [[maybe_unused]] const Lane* slot,
                          [[maybe_unused]] const Lane* scalar, [[maybe_unused]] short* term, std::index_sequence<S...>,
                          std::index_sequence<C...>) {
  using P = typename L::template policy<I>;
  const auto note = [&](const auto& terms) {
    for (const Term& t : terms) *term++ = t.a.id, *term++ = t.b.id;
  };
  if constexpr (SettlingPolicy<P> && behind_apply<P> == behind)
    note(P::terms(r, slot[L::slot[I] + S]..., scalar[L::scalar[I] + C]...));
  else if constexpr (HasSums<P> && behind_apply<P> == behind) note(P::terms(r, slot[L::slot[I] + S]...));
}

// Notes what the slots of the policy that gathers become in a call of which no step comes.
template <class L, std::size_t I, std::size_t... S, std::size_t... C>
constexpr void note_gathered(Record r, const Lane* slot, const Lane* scalar, short* gathered, std::index_sequence<S...>,
                             std::index_sequence<C...>) {
  using P = typename L::template policy<I>;
  Lane own[]{slot[L::slot[I] + S]...};
  P::gather(r, own[S]..., scalar[L::scalar[I] + C]...);
  ((gathered[L::slot[I] + S] = own[S].id), ...);
}

// Notes the terms that a policy's text left.
template <class L, std::size_t I>
constexpr void note_emitted(const Record& r, short* emitted) {
  for (std::size_t k = 0; k != emit_count<typename L::template policy<I>>; ++k)
    *emitted++ = r.emitted[k].a.id, *emitted++ = r.emitted[k].b.id;
}

template <class L, std::size_t... I>
constexpr auto trace(std::index_sequence<I...>) {
  Trace<L::slots, L::size, L::sums, L::emits> made;
  const auto leaf = [&](Op op, std::size_t i) {
    return Lane{&made.graph, made.graph.put({op, static_cast<short>(i)})};
  };
  Given<L> given;
  Lane *const slot = given.slot, *const scalar = given.scalar;
  for (std::size_t s = 0; s != L::slots; ++s) slot[s] = leaf(Op::stream, 2 + s);
  for (std::size_t d = 0; d != L::draws; ++d) given.drawn[d] = leaf(Op::stream, 2 + L::slots + d);
  for (std::size_t c = 0; c != L::scalars; ++c) scalar[c] = leaf(Op::scalar, c);
  Record r{leaf(Op::stream, 0), leaf(Op::stream, 1), leaf(Op::stream, 1)};
  [[maybe_unused]] bool one = true;
  [[maybe_unused]] const auto terms = [&]<bool behind, std::size_t J>() {
    using P = typename L::template policy<J>;
    note_terms<L, behind, J>(r, slot, scalar, made.term + 2 * L::sum[J], std::make_index_sequence<slot_count<P>>{},
                             std::make_index_sequence<scalar_count<P>>{});
  };
  for (std::size_t s = 0; s != L::slots; ++s) made.gathered[s] = slot[s].id;
  if constexpr (L::gathering.size() != 0) {
    constexpr std::size_t i = L::gathering[0];
    using P = typename L::template policy<i>;
    note_gathered<L, i>(r, slot, scalar, made.gathered, std::make_index_sequence<slot_count<P>>{},
                        std::make_index_sequence<scalar_count<P>>{});
  }
  ((made.received[I] = r.update.id, made.one[I] = one, terms.template operator()<false, I>(),
    apply_policy<L, I>(r, one, given), note_emitted<L, I>(r, made.emitted + 2 * L::emit[I])),
   ...);
  r.before = r.parameter, r.parameter = r.parameter + r.update;
  ((terms.template operator()<true, I>(), act_after<L, I>(r, given)), ...);
  made.parameter = r.parameter.id;
  for (std::size_t s = 0; s != L::slots; ++s) made.slot[s] = slot[s].id;
  return made;
}

}  // namespace detail

/// The trace of a composition.
template <class... P>
inline constexpr auto trace_of = detail::trace<Layout<P...>>(std::index_sequence_for<P...>{});

}  // namespace gradus
