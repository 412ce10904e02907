// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/graph.hpp>
#include <gradus/core/policy.hpp>

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// What a policy's text does, as far as others have to know.
struct TextMarks {
  bool writes = false;   ///< the update
  bool forgets = false;  ///< the update that it receives
  bool moves = false;    ///< the parameter, behind p + u
  bool loses = false;    ///< something, written where nobody reads it
  bool keeps = true;     ///< every slot: it writes it, or has something to read there from the start
};

// Whether slot s of a policy starts with something to read.
template <class P>
constexpr bool starts_full(std::size_t s) {
  const Slot& slot = std::data(P::slots)[s];
  return requires(const P& p) { p.first(); } || slot.from_parameter || slot.given || slot.first != 0;
}

// A policy's texts, run on symbols of their own.
template <class P, std::size_t... S, std::size_t... C>
constexpr TextMarks marks_of(std::index_sequence<S...>, std::index_sequence<C...>) {
  Graph graph;
  const auto lane = [&](std::size_t i) { return Lane{&graph, graph.put({Op::stream, static_cast<short>(i)})}; };
  const Record fresh{lane(1), lane(2), lane(0), lane(3), lane(1)};
  const Lane empty[]{lane(4 + S)..., fresh.update};
  const Lane given[]{lane(4 + sizeof...(S) + C)..., fresh.update};
  bool written[sizeof...(S) + 1]{};
  NodeSet used;
  // What a text makes of a fresh record.
  [[maybe_unused]] const auto run = [&](auto text) {
    Record r = fresh;
    Lane slot[]{empty[S]..., fresh.update};
    text(r, slot[S]..., given[C]...);
    ((written[S] = written[S] || slot[S].id != empty[S].id), ...);
    (used.add(graph, slot[S].id), ...);
    return r;
  };

  TextMarks marks;
  if constexpr (TextPolicy<P> && !BorrowingPolicy<P>) {
    const Record r = run([](Record& at, auto&... given_lanes) { P::apply(at, given_lanes...); });
    used.add(graph, r.update.id), used.add(graph, r.square.id);
    for (std::size_t k = 0; k != emit_count<P>; ++k)
      used.add(graph, r.emitted[k].a.id), used.add(graph, r.emitted[k].b.id);
    // A norm or a sum may have looked at what is received.
    constexpr bool updates = writes_of<P> == Writes::update, looks = NormPolicy<P> || HasSums<P>;
    marks.writes = updates && (looks || r.update.id != fresh.update.id);
    marks.forgets = updates && !looks && !used.has[fresh.update.id];
    marks.loses = (!updates && r.gradient.id != fresh.gradient.id && r.update.id == fresh.update.id) ||
                  (r.square.id != fresh.square.id && !estimates_of<P> && !refines_of<P> && !divides_of<P>);
  } else {
    marks.writes = TextPolicy<P> && writes_of<P> == Writes::update;
  }
  if constexpr (AfterPolicy<P>) {
    const Record r = run([](Record& at, auto&... given_lanes) { P::after(at, given_lanes...); });
    marks.moves = r.parameter.id != fresh.parameter.id;
    marks.loses = marks.loses || r.update.id != fresh.update.id || r.gradient.id != fresh.gradient.id;
  }
  if constexpr (GatheringPolicy<P>) run([](Record& at, auto&... given_lanes) { P::gather(at, given_lanes...); });
  marks.keeps = BorrowingPolicy<P> || ((written[S] || starts_full<P>(S)) && ...);
  return marks;
}

template <class P>
constexpr TextMarks marks_of() {
  return marks_of<P>(std::make_index_sequence<slot_count<P>>{}, std::make_index_sequence<given_count<P>>{});
}

/// Whether a policy's texts, which can be called, can be called while compiling.
template <class P>
inline constexpr bool runs_while_compiling = requires { typename std::bool_constant<(marks_of<P>(), true)>; };

/// The marks of a policy whose texts can be called.
template <class P>
inline constexpr TextMarks text_marks = marks_of<P>();

}  // namespace gradus::detail
