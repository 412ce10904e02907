// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/bandwidth.hpp>
#include <gradus/compose/partition.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/explain/cost.hpp>
#include <gradus/explain/latex.hpp>
#include <gradus/explain/recurrence.hpp>

#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gradus {

namespace detail {

/// Lines with a name in front of the first, or above it if it is long.
inline std::string with_name(std::string name, const std::vector<std::string>& lines) {
  constexpr std::size_t width = 20;
  std::string text;
  if (name.size() >= width && !lines.empty()) text = "  " + std::exchange(name, "") + "\n";
  for (const std::string& line : lines) {
    name.resize(width, ' ');
    text += "  " + name + line + "\n";
    name.clear();
  }
  return text;
}

inline std::string explain_action(const Action& action) {
  std::vector<std::string> lines = action.assignments;
  if (lines.empty() && !action.remark.empty()) lines.emplace_back();
  if (!lines.empty()) lines.back() += action.remark;
  return with_name(action.policy, lines) + with_name("", action.followed);
}

inline std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : noun.ends_with('s') ? "es" : "s");
}

/// A line for every hyper-parameter that follows something.
template <class P>
std::vector<std::string> followed() {
  if constexpr (FollowingPolicy<P>) {
    std::vector<std::string> lines = followed<typename P::follower>();
    lines.insert(lines.begin(), joined({P::followed().empty() ? "a number of it" : P::followed(), " follows ",
                                        type_name<typename P::followed_type>()}));
    return lines;
  } else {
    return {};
  }
}

/// The recurrence, with what hyper-parameters follow.
template <class... Parts>
std::vector<Action> told_recurrence() {
  using Policies = typename Split<Parts...>::policies;
  std::vector<Action> actions = recurrence<Composition<typename Split<Parts...>::in_step>>();
  repeat<Policies::size>([&](auto i) { actions[1 + i].followed = followed<type_at<i, Policies>>(); });
  return actions;
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

/// The lines behind the recurrence; `numbers` are those of `explain_numbers`.
inline std::string explain_cost(const Cost& moved, bool settles, std::span<const Slot> slots,
                                const std::string& numbers) {
  const std::string at_least = settles ? "  at least " : "  ";
  std::string text = at_least + counted(moved.passes, "pass") + " over memory";
  if (moved.passes > 1) text += ", " + std::to_string(moved.passes - 1) + " of them read-only";
  text += "\n  " + counted(slots.size(), "slot");
  for (std::size_t s = 0; s != slots.size(); ++s) text += (s ? ", " : ": ") + std::string(slots[s].name);
  return text + "\n" + numbers + at_least + std::to_string(moved.bytes) +
         " bytes per element and step: " + counted(moved.reads, "read") + ", " + counted(moved.writes, "write") + "\n";
}

}  // namespace detail

/// What a composition does and costs, as text: the recurrence that its policies' texts yield, policy by policy (p the
/// parameter, g the gradient, u the update), then passes, slots and bytes for elements of type T.
template <class T = float, class... Parts>
std::string explain(const Optimizer<Parts...>&) {
  using Whole = typename Optimizer<Parts...>::Whole;
  using L = typename Whole::layout;

  std::string numbers, text = "gradus::Optimizer of " + std::string(detail::type_name<T>()) + "\n";
  for (const detail::Action& action : detail::told_recurrence<Parts...>()) text += detail::explain_action(action);
  detail::repeat<L::size>([&](auto i) { numbers += detail::explain_numbers<typename L::template policy<i>>(); });
  constexpr Cost moved = cost<Optimizer<Parts...>, T>;
  return text + detail::explain_cost(moved, Whole::plan::settles, {Whole::slots.data(), moved.slots}, numbers);
}

/// The same, and the least time at a memory bandwidth, measured (`Bandwidth::measured()`) or known.
template <class T = float, class... Parts>
std::string explain(const Optimizer<Parts...>& optimizer, const Bandwidth& memory) {
  char line[100];
  std::snprintf(line, sizeof line, "  at least %.3g ns per element and step, from memory that moves %.3g GB/s\n",
                1e9 * static_cast<double>(cost<Optimizer<Parts...>, T>.bytes) / memory.bytes_per_second,
                memory.bytes_per_second / 1e9);
  return explain<T>(optimizer) + line;
}

/// The same for each part of a `Partition`, then the passes in front of all parts.
template <class T = float, class... Given>
std::string explain(const Partition<Given...>& partition) {
  std::string text;
  detail::repeat<Partition<Given...>::count>([&](auto k) {
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
  for (const detail::Action& action : detail::told_recurrence<Parts...>()) {
    std::string told = action.policy;
    for (const std::string& follows : action.followed) told += ", " + follows;
    for (std::size_t line = 0; line < action.assignments.size(); ++line)
      text += (text.empty() ? "" : " \\\\\n") + ("  " + detail::Latex::of(action.assignments[line])) +
              (line == 0 && !told.empty() ? " && " + detail::Latex::words(told) : "");
  }
  return "\\begin{aligned}\n" + text + "\n\\end{aligned}\n";
}

}  // namespace gradus
