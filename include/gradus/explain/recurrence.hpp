// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/explain/formula.hpp>
#include <gradus/explain/named_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gradus::detail {

/// What one policy does, in the notation of the recurrence.
struct Action {
  std::string policy;
  std::vector<std::string> assignments;  ///< `stream <- formula`, in order
  std::string remark;                    ///< behind the last, or alone
  std::vector<std::string> followed{};   ///< its hyper-parameters that follow something, and what
};

/// Runs a policy's text on symbols of its own and writes what it assigned, a line each. `one`: the update still is the
/// gradient.
inline std::vector<std::string> assignments(const NamedText& given, bool one) {
  std::vector<std::string> streams{"p", "g", "u", "square", "old_p"};
  const std::size_t own = streams.size(), drawn = own + given.slots.size();
  for (const Slot& slot : given.slots) {
    std::string& name = streams.emplace_back(slot.name);
    std::replace(name.begin(), name.end(), ' ', '_');  // `velocity 2`, of a second momentum
  }
  streams.insert(streams.end(), given.draws.begin(), given.draws.end());

  Graph graph;
  const auto symbol = [&](Op op, std::size_t i) { return Lane{&graph, graph.put({op, static_cast<short>(i)})}; };
  const auto read = [&](std::size_t i) { return symbol(Op::stream, i); };
  Record r{read(0), read(1), read(2), read(3), read(4)};
  std::vector<Lane> slot, others;
  for (std::size_t s = own; s < drawn; ++s) slot.push_back(read(s));
  for (std::size_t c = 0; c < given.scalars.size(); ++c) others.push_back(symbol(Op::scalar, c));
  for (std::size_t d = drawn; d < streams.size(); ++d) others.push_back(read(d));
  const Record before = r;
  const std::vector<Lane> slot_before = slot;
  given.run(r, slot.data(), others.data());

  // In the order in which the text computed them, so that a line can name what an earlier one calculated.
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
  if (!(one && given.receives)) look(1, before.gradient, r.gradient);
  look(2, before.update, r.update);
  look(3, before.square, r.square);

  Formula formula(graph, std::move(streams), {given.scalars.begin(), given.scalars.end()});
  std::vector<std::string> lines;
  const auto add_kept = [&] {  // those that say what they become, each once
    for (const Name name : given.kept)
      if (name.find(" <- ") != name.npos && std::find(lines.begin(), lines.end(), name) == lines.end())
        lines.emplace_back(name);
  };
  if (!given.emits) add_kept();
  for (const Assigned& a : assigned) lines.push_back(formula.assign(a.stream, a.id));
  if (given.emits) add_kept();
  if (r.update.id != before.update.id && one && given.receives) lines.push_back("g <- u");
  return lines;
}

inline Action action(const NamedText& given, bool one) {
  Action done{std::string(given.policy), {}, std::string(given.remark)};
  if (!given.factor.empty()) done.assignments = {"u <- " + Formula::bracketed(std::string(given.factor)) + " u"};
  if (given.run) done.assignments = assignments(given, one);
  return done;
}

// `one[i]`: the update still is the gradient in front of policy i.
inline std::vector<Action> actions(std::span<const NamedText> policies, const bool* one) {
  std::vector<Action> all{{"", {"u <- g"}, {}}};
  for (std::size_t i = 0; i < policies.size(); ++i)
    all.push_back(policies[i].behind ? Action{} : action(policies[i], one[i]));
  all.push_back({"apply", {"p <- p + u"}, {}});
  for (const NamedText& policy : policies)
    if (policy.behind) all.push_back(action(policy, false));
  return all;
}

/// The recurrence that the texts of a composition yield: p the parameter, g the gradient, u the update. First the
/// update's start, then an action per policy in order (empty for those that act behind apply), apply, then those.
template <class Whole>
std::vector<Action> recurrence() {
  using L = typename Whole::layout;
  return []<std::size_t... I>(std::index_sequence<I...>) {
    // Slots by the names that they have in the composition.
    static constexpr auto policies = [] {
      std::array<NamedText, L::size> all{named_text<L, I>()...};
      const std::size_t begin[]{L::slot[L::lender(I)]..., L::slots};
      for (std::size_t i = 0; i != L::size; ++i)
        if (!all[i].slots.empty()) all[i].slots = {Whole::slots.data() + begin[i], all[i].slots.size()};
      return all;
    }();
    return actions(policies, Whole::plan::traced.one);
  }(std::make_index_sequence<L::size>{});
}

}  // namespace gradus::detail
