// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/bandwidth.hpp>
#include <gradus/compose/cost.hpp>
#include <gradus/compose/latex.hpp>
#include <gradus/compose/partition.hpp>
#include <gradus/compose/recurrence.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/repeat.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace gradus {

namespace detail {

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

inline std::string explain_action(const Action& action) {
  std::vector<std::string> lines = action.assignments;
  if (lines.empty() && !action.remark.empty()) lines.emplace_back();
  if (!lines.empty()) lines.back() += action.remark;
  return with_name(action.policy, lines);
}

inline std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : noun.ends_with('s') ? "es" : "s");
}

/// A line for every hyper-parameter that follows a schedule.
template <class P>
std::string explain_followed() {
  if constexpr (FollowingPolicy<P>)
    return with_name("", {std::string(P::followed().empty() ? "a number of it" : P::followed()) + " follows " +
                          std::string(type_name<typename P::followed_type>())}) +
           explain_followed<typename P::follower>();
  else return {};
}

/// What a policy sums and keeps apart from elements.
template <class P>
std::string explain_numbers() {
  std::string text;
  if constexpr (HasSums<P>)
    for (const Name name : P::sums)
      text += "  1 sum over " + std::string(per_leaf_of<P> ? "each leaf" : "all leaves") +
              (SettlingPolicy<P> ? ", taken again until it settles: " : ": ") + std::string(name) + "\n";
  if constexpr (EmittingPolicy<P>)
    for (const Name name : P::emits)
      text += "  1 sum over all leaves, taken as the pass writes: " + std::string(name) + "\n";
  if constexpr (HasKept<P>)
    for (const Name name : P::kept)
      text += "  1 number per " + std::string(per_run_of<P> ? "run: " : "leaf: ") +
              std::string(name.substr(0, name.find(" <- "))) + "\n";
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
  constexpr Cost moved = cost<Optimizer<Parts...>, T>;

  const std::vector<Action> actions = recurrence<Whole>();
  std::string text = "gradus::Optimizer of " + std::string(type_name<T>()) + "\n" + detail::explain_action(actions[0]);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((text += detail::explain_action(actions[1 + I]) + detail::explain_followed<type_at<I, Policies>>()), ...);
  }(std::make_index_sequence<L::size>{});
  for (std::size_t a = 1 + L::size; a < actions.size(); ++a) text += detail::explain_action(actions[a]);

  const std::string at_least = Whole::plan::settles ? "at least " : "";
  text += "  " + at_least + detail::counted(moved.passes, "pass") + " over memory" +
          (moved.passes > 1 ? ", " + std::to_string(moved.passes - 1) + " of them read-only" : "") + "\n";
  text += "  " + detail::counted(moved.slots, "slot");
  for (std::size_t s = 0; s != L::slots; ++s) text += (s ? ", " : ": ") + std::string(Whole::slots[s].name);
  text += "\n";
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((text += detail::explain_numbers<typename L::template policy<I>>()), ...);
  }(std::make_index_sequence<L::size>{});
  text += "  " + at_least + std::to_string(moved.bytes) +
          " bytes per element and step: " + detail::counted(moved.reads, "read") + ", " +
          detail::counted(moved.writes, "write") + "\n";
  return text;
}

/// The same, and the time that memory allows, be it measured (`Bandwidth::measured()`) or known.
template <class T = float, class... Parts>
std::string explain(const Optimizer<Parts...>& optimizer, const Bandwidth& memory) {
  char line[100];
  std::snprintf(line, sizeof line, "  at least %.3g ns per element and step, from memory that moves %.3g GB/s\n",
                1e9 * static_cast<double>(cost<Optimizer<Parts...>, T>.bytes) / memory.bytes_per_second,
                memory.bytes_per_second / 1e9);
  return explain<T>(optimizer) + line;
}

/// The same of each part of a `Partition`, then the passes that stand in front of all.
template <class T = float, class... Given>
std::string explain(const Partition<Given...>& partition) {
  std::string text;
  repeat<Partition<Given...>::count>([&](auto k) {
    text += "part " + std::to_string(std::size_t{k}) + ": " + explain<T>(partition.template part<k>());
  });
  if (constexpr std::size_t passes = Partition<Given...>::shared_passes; passes != 0)
    text += "in front of all parts: " + detail::counted(passes, "read-only pass") + " over memory\n";
  return text;
}

/// The recurrence alone, in LaTeX: the lines of `explain` as an `aligned`, to be set within a formula.
template <class... Parts>
std::string explain_latex(const Optimizer<Parts...>&) {
  std::string text;
  for (const Action& action : recurrence<Composition<typename Split<Parts...>::in_step>>())
    for (std::size_t line = 0; line < action.assignments.size(); ++line)
      text += (text.empty() ? "" : " \\\\\n") + ("  " + Latex::of(action.assignments[line])) +
              (line == 0 && !action.policy.empty() ? " && " + Latex::words(action.policy) : "");
  return "\\begin{aligned}\n" + text + "\n\\end{aligned}\n";
}

}  // namespace gradus
