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

/// A policy's text, run on symbols of its own.
class SymbolicRun {
 public:
  /// What the text made of a stream.
  struct Assigned {
    std::size_t stream;
    short id;
  };

  static constexpr std::size_t parameter = 0, gradient = 1, update = 2, square = 3;

  explicit SymbolicRun(const NamedText& text) : scalars_(text.scalars.begin(), text.scalars.end()) {
    for (const Slot& slot : text.slots) {
      std::string& name = streams_.emplace_back(slot.name);
      std::replace(name.begin(), name.end(), ' ', '_');  // `velocity 2`, of a second momentum
    }
    const std::size_t drawn = streams_.size();
    streams_.insert(streams_.end(), text.draws.begin(), text.draws.end());

    std::vector<Lane> slots, others;
    for (std::size_t i = own; i < drawn; ++i) slots.push_back(symbol(Op::stream, i));
    for (std::size_t i = 0; i < scalars_.size(); ++i) others.push_back(symbol(Op::scalar, i));
    for (std::size_t i = drawn; i < streams_.size(); ++i) others.push_back(symbol(Op::stream, i));
    Record r{symbol(Op::stream, 0), symbol(Op::stream, 1), symbol(Op::stream, 2), symbol(Op::stream, 3),
             symbol(Op::stream, 4)};
    text.run(r, slots.data(), others.data());

    for (std::size_t i = 0; i < slots.size(); ++i) look(own + i, slots[i]);
    look(parameter, r.parameter);
    look(gradient, r.gradient);
    look(update, r.update);
    look(square, r.square);
  }

  /// In the order in which the text computed them, so that a line can name what an earlier one calculated.
  const std::vector<Assigned>& assigned() const { return assigned_; }

  bool assigns(std::size_t stream) const {
    return std::any_of(assigned_.begin(), assigned_.end(), [&](const Assigned& a) { return a.stream == stream; });
  }

  /// Valid as long as the run.
  Formula formula() const { return {graph_, streams_, scalars_}; }

 private:
  static constexpr std::size_t own = 5;  // the first slot; what a record holds is before it

  Lane symbol(Op op, std::size_t i) { return {&graph_, graph_.put({op, static_cast<short>(i)})}; }

  void look(std::size_t stream, Lane is) {
    if (is.id == symbol(Op::stream, stream).id) return;
    const auto when = [&](short id) { return graph_.nodes[id].op == Op::stream ? Graph::capacity : id; };
    const auto later = [&](const Assigned& a) { return when(a.id) > when(is.id); };
    assigned_.insert(std::find_if(assigned_.begin(), assigned_.end(), later), {stream, is.id});
  }

  Graph graph_;
  std::vector<std::string> streams_{"p", "g", "u", "square", "old_p"}, scalars_;
  std::vector<Assigned> assigned_;
};

/// What a policy's text assigns, a line each. `one`: the update still is the gradient.
inline std::vector<std::string> assignments(const NamedText& text, bool one) {
  const SymbolicRun run(text);
  Formula formula = run.formula();
  const bool receives = one && text.receives;
  std::vector<std::string> lines;
  const auto add_kept = [&] {  // those that say what they become, each once
    for (const Name name : text.kept)
      if (name.find(" <- ") != name.npos && std::find(lines.begin(), lines.end(), name) == lines.end())
        lines.emplace_back(name);
  };
  if (!text.emits) add_kept();
  for (const auto& [stream, id] : run.assigned())
    if (stream != SymbolicRun::gradient || !receives) lines.push_back(formula.assign(stream, id));
  if (text.emits) add_kept();
  if (receives && run.assigns(SymbolicRun::update)) lines.push_back("g <- u");
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
