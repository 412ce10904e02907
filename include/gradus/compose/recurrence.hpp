// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/formula.hpp>
#include <gradus/compose/optimizer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace gradus {

/// What one policy does, in words of the recurrence.
struct Action {
  std::string policy;
  std::vector<std::string> assignments;  ///< `stream <- formula`, in order
  std::string remark;                    ///< behind the last, or alone
};

namespace detail {

/// Runs one policy's text on symbols of its own and writes what it assigned, a line each. `one`: the update still is
/// the gradient.
template <class L, std::size_t I>
std::vector<std::string> assignments(bool one) {
  using P = typename L::template policy<I>;
  constexpr bool borrows = BorrowingPolicy<P> && I != 0;
  using From = typename L::template policy<borrows ? I - 1 : I>;
  std::vector<std::string> streams{"p", "g", "u", "square", "old_p"}, scalars;
  const std::size_t own = streams.size();
  if constexpr (HasSlots<From>)
    for (const Slot& slot : From::slots) streams.emplace_back(slot.name);
  const std::size_t drawn = streams.size();
  if constexpr (DrawingPolicy<From>)
    for (const Name name : From::draws) streams.emplace_back(name);
  if constexpr (HasScalars<From>)
    for (const Name name : From::scalars) scalars.emplace_back(name);

  Graph graph;
  const auto symbol = [&](Op op, std::size_t i) { return Lane{&graph, graph.put({op, static_cast<short>(i)})}; };
  const auto read = [&](std::size_t i) { return symbol(Op::stream, i); };
  Record r{read(0), read(1), read(2), read(3), read(4)};
  std::vector<Lane> slot, given;
  for (std::size_t s = own; s < drawn; ++s) slot.push_back(read(s));
  for (std::size_t c = 0; c < scalars.size(); ++c) given.push_back(symbol(Op::scalar, c));
  for (std::size_t d = drawn; d < streams.size(); ++d) given.push_back(read(d));
  const Record before = r;
  const std::vector<Lane> slot_before = slot;
  constexpr auto slots = std::make_index_sequence<slot_count<From>>{};
  constexpr auto names = std::make_index_sequence<given_count<From>>{};
  if constexpr (TextPolicy<P>) apply_text<P>(r, slot.data(), given.data(), slots, names);
  if constexpr (AfterPolicy<P>) apply_after<P>(r, slot.data(), given.data(), slots, names);

  // In the order in which the text came to them, so that a line can name what a line before it calculated.
  struct Assigned {
    std::size_t stream;
    short id;
  };
  const auto when = [&](const Assigned& a) { return graph.nodes[a.id].op == Op::stream ? Graph::capacity : a.id; };
  std::vector<Assigned> assigned;
  const auto look = [&](std::size_t stream, Lane was, Lane is) {
    if (is.id == was.id) return;
    const Assigned now{stream, is.id};
    const auto behind =
        std::find_if(assigned.begin(), assigned.end(), [&](const Assigned& a) { return when(a) > when(now); });
    assigned.insert(behind, now);
  };
  for (std::size_t s = 0; s < slot.size(); ++s) look(own + s, slot_before[s], slot[s]);
  look(0, before.parameter, r.parameter);
  look(2, before.update, r.update);
  look(3, before.square, r.square);

  Formula formula(graph, std::move(streams), std::move(scalars));
  std::vector<std::string> lines;
  const auto add_kept = [&] {  // those that say what they become, one name once
    if constexpr (HasKept<P>)
      for (const std::string_view name : P::kept)
        if (name.find(" <- ") != name.npos && std::find(lines.begin(), lines.end(), name) == lines.end())
          lines.emplace_back(name);
  };
  if (!EmittingPolicy<P>) add_kept();
  for (const Assigned& a : assigned) lines.push_back(formula.assign(a.stream, a.id));
  if (EmittingPolicy<P>) add_kept();
  if (r.update.id != before.update.id && one && writes_of<P> == Writes::received) lines.push_back("g <- u");
  return lines;
}

template <class P>
std::string factor_text() {
  if constexpr (requires { P::factor_name; }) return Formula::bracketed(std::string(P::factor_name));
  else return "rate";
}

template <class L, std::size_t I>
Action action(bool one) {
  using P = typename L::template policy<I>;
  const std::string name(policy_name<P>());
  if constexpr (FactorPolicy<P>)
    return {name, {"u <- " + factor_text<P>() + " u"}, L::folds(I) ? ", in the same factor" : ""};
  else if constexpr (GuardPolicy<P>) return {name, {}, "looks whether the incoming gradient is finite"};
  else if constexpr (ObservingPolicy<P>) return {name, {}, "looks at some steps"};
  else if constexpr (TextPolicy<P>) return {name, assignments<L, I>(one), {}};
  else return {};
}

template <class L, std::size_t I>
void add_behind_apply(std::vector<Action>& actions) {
  using P = typename L::template policy<I>;
  if constexpr (AfterPolicy<P> && !TextPolicy<P>)
    actions.push_back({std::string(policy_name<P>()), assignments<L, I>(false), {}});
}

}  // namespace detail

/// The recurrence that the texts of a composition yield: p the parameter, g the gradient, u the update. First the
/// update's start, then an action per policy in order (empty for those that act behind apply), apply, those.
template <class Whole>
std::vector<Action> recurrence() {
  using L = typename Whole::layout;
  std::vector<Action> actions{{"", {"u <- g"}, {}}};
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (actions.push_back(detail::action<L, I>(Whole::plan::traced.one[I])), ...);
    actions.push_back({"apply", {"p <- p + u"}, {}});
    (detail::add_behind_apply<L, I>(actions), ...);
  }(std::make_index_sequence<L::size>{});
  return actions;
}

}  // namespace gradus
