// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/cost.hpp>
#include <gradus/compose/formula.hpp>
#include <gradus/compose/optimizer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace gradus {

namespace detail {

/// Runs one policy's text on symbols of its own and writes what it assigned, a line each. `one`: the update still is
/// the gradient.
template <class L, std::size_t I>
std::vector<std::string> explain_text(bool one) {
  using P = typename L::template policy<I>;
  constexpr bool borrows = BorrowingPolicy<P> && I != 0;
  using From = typename L::template policy<borrows ? I - 1 : I>;
  std::vector<std::string> streams{"p", "g", "u", "square"}, scalars;
  if constexpr (HasSlots<From>)
    for (const Slot& slot : From::slots) streams.emplace_back(slot.name);
  if constexpr (HasScalars<From>)
    for (const Name name : From::scalars) scalars.emplace_back(name);

  Graph graph;
  const auto symbol = [&](Op op, std::size_t i) { return Lane{&graph, graph.put({op, static_cast<short>(i)})}; };
  Record r{symbol(Op::stream, 0), symbol(Op::stream, 1), symbol(Op::stream, 2), symbol(Op::stream, 3)};
  std::vector<Lane> slot, scalar;
  for (std::size_t s = 4; s < streams.size(); ++s) slot.push_back(symbol(Op::stream, s));
  for (std::size_t c = 0; c < scalars.size(); ++c) scalar.push_back(symbol(Op::scalar, c));
  const Record before = r;
  const std::vector<Lane> slot_before = slot;
  constexpr auto slots = std::make_index_sequence<slot_count<From>>{};
  constexpr auto names = std::make_index_sequence<scalar_count<From>>{};
  if constexpr (TextPolicy<P>) apply_text<P>(r, slot.data(), scalar.data(), slots, names);
  if constexpr (AfterPolicy<P>) apply_after<P>(r, slot.data(), scalar.data(), slots, names);

  // In the order in which the text came to them, so that a line can name what a line before it calculated.
  struct Assigned {
    std::size_t stream;
    short id;
  };
  std::vector<Assigned> assigned;
  const auto look = [&](std::size_t stream, Lane was, Lane is) {
    if (is.id != was.id) assigned.push_back({stream, is.id});
  };
  for (std::size_t s = 0; s < slot.size(); ++s) look(4 + s, slot_before[s], slot[s]);
  look(0, before.parameter, r.parameter);
  look(2, before.update, r.update);
  look(3, before.square, r.square);
  const auto when = [&](const Assigned& a) { return graph.nodes[a.id].op == Op::stream ? Graph::capacity : a.id; };
  std::stable_sort(assigned.begin(), assigned.end(),
                   [&](const Assigned& a, const Assigned& b) { return when(a) < when(b); });

  Formula formula(graph, std::move(streams), std::move(scalars));
  std::vector<std::string> lines;
  for (const Assigned& a : assigned) lines.push_back(formula.assign(a.stream, a.id));
  if (r.update.id != before.update.id && one && writes_of<P> == Writes::received) lines.push_back("g <- u");
  return lines;
}

/// Lines with a name in front of the first.
inline std::string with_name(std::string name, const std::vector<std::string>& lines) {
  constexpr std::size_t width = 20;
  std::string text;
  for (const std::string& line : lines) {
    name.resize(std::max(width, name.size() + 1), ' ');
    text += "  " + name + line + "\n";
    name.clear();
  }
  return text;
}

inline std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : noun.ends_with('s') ? "es" : "s");
}

template <class P>
std::string factor_text() {
  if constexpr (requires { P::factor_name; }) return Formula::bracketed(std::string(P::factor_name));
  else return "rate";
}

/// A line for every hyper-parameter that follows a schedule.
template <class P>
std::string explain_followed() {
  if constexpr (FollowingPolicy<P>)
    return with_name("", {std::string(P::followed().empty() ? "a number of it" : P::followed()) + " follows " +
                          std::string(type_name<decltype(P::schedule)>())}) +
           explain_followed<typename P::follower>();
  else return {};
}

template <class L, std::size_t I>
std::string explain_policy(bool one) {
  using P = typename L::template policy<I>;
  const std::string name(type_name<P>());
  if constexpr (FactorPolicy<P>)
    return with_name(name, {"u <- " + factor_text<P>() + " u" + (L::folds(I) ? ", in the same factor" : "")});
  else if constexpr (GuardPolicy<P>) return with_name(name, {"looks whether the incoming gradient is finite"});
  else if constexpr (ObservingPolicy<P>) return with_name(name, {"looks at some steps"});
  else if constexpr (TextPolicy<P>) return with_name(name, explain_text<L, I>(one));
  else return {};
}

template <class L, std::size_t I>
std::string explain_behind_apply() {
  using P = typename L::template policy<I>;
  if constexpr (AfterPolicy<P> && !TextPolicy<P>)
    return with_name(std::string(type_name<P>()), explain_text<L, I>(false));
  else return {};
}

/// What a policy sums and keeps apart from elements.
template <class P>
std::string explain_numbers() {
  std::string text;
  if constexpr (HasSums<P>)
    for (const Name name : P::sums)
      text += "  1 sum over " + std::string(per_leaf_of<P> ? "each leaf: " : "all leaves: ") + std::string(name) + "\n";
  if constexpr (HasKept<P>)
    for (const Name name : P::kept)
      text += "  1 number per " + std::string(per_run_of<P> ? "run: " : "leaf: ") + std::string(name) + "\n";
  return text;
}

}  // namespace detail

/// What a composition does and costs, as text: the recurrence that its policies' texts yield, policy by policy (p the
/// parameter, g the gradient, u the update), then passes, slots and bytes for elements of type T.
template <class T = float, class... Parts>
std::string explain(const Optimizer<Parts...>&) {
  using Policies = typename Split<Parts...>::policies;
  using Whole = Composition<typename Split<Parts...>::in_step>;
  using L = typename Whole::layout;
  using Plan = typename Whole::plan;
  constexpr Cost cost = cost_of<Plan>();

  std::string text = "gradus::Optimizer of " + std::string(type_name<T>()) + "\n" + detail::with_name("", {"u <- g"});
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((text += detail::explain_policy<L, I>(Plan::traced.one[I]) +
              detail::explain_followed<std::tuple_element_t<I, Policies>>()),
     ...);
    text += detail::with_name("apply", {"p <- p + u"});
    ((text += detail::explain_behind_apply<L, I>()), ...);
  }(std::make_index_sequence<L::size>{});

  text += "  " + detail::counted(cost.passes, "pass") + " over memory" +
          (cost.passes > 1 ? ", " + std::to_string(cost.passes - 1) + " of them read-only" : "") + "\n";
  text += "  " + detail::counted(cost.slots, "slot");
  for (std::size_t s = 0; s < L::slots; ++s) text += (s ? ", " : ": ") + std::string(Whole::slots[s].name);
  text += "\n";
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((text += detail::explain_numbers<typename L::template policy<I>>()), ...);
  }(std::make_index_sequence<L::size>{});
  text += "  " + std::to_string((cost.reads + cost.writes) * sizeof(T)) +
          " bytes per element and step: " + detail::counted(cost.reads, "read") + ", " +
          detail::counted(cost.writes, "write") + "\n";
  return text;
}

}  // namespace gradus
