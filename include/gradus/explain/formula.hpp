// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>
#include <gradus/core/refuse.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus::detail {

/// Writes nodes of a graph as text, given the names of its streams and scalars.
class Formula {
 public:
  Formula(const Graph& graph, std::vector<std::string> streams, std::vector<std::string> scalars)
      : graph_(graph), streams_(std::move(streams)), scalars_(std::move(scalars)) {}

  std::string text(short id) const { return write(id).text; }

  /// `stream <- node`, as text. From here on the node is called by the stream's name, and the stream's earlier value by
  /// that name with `old_` in front.
  std::string assign(std::size_t stream, short id) {
    const std::string name = streams_[stream];
    std::string line = name + " <- " + text(id);
    called_.emplace_back(id, name);
    streams_[stream] = "old_" + name;
    return line;
  }

  /// A name for use beside others: in brackets, if it has a space or an operator outside of brackets.
  static std::string bracketed(const std::string& name) {
    int depth = 0;
    for (const char c : name) {
      depth += (c == '(') - (c == ')');
      if (depth == 0 && std::string_view(" +-*/").find(c) != std::string_view::npos) return "(" + name + ")";
    }
    return name;
  }

 private:
  // How tightly a text binds.
  enum Binding { alternative, sum, product, word };
  struct Written {
    std::string text;
    Binding binding;
  };

  std::string at_least(short id, Binding binding) const {
    Written w = write(id);
    return w.binding < binding ? "(" + w.text + ")" : w.text;
  }

  std::string call(std::string_view name, const Node& n) const {
    std::string text(name);
    const short of[] = {n.a, n.b, n.c, n.d};
    for (int i = 0; i < operands(n.op); ++i) text += (i ? ", " : "(") + write(of[i]).text;
    return text + ")";
  }

  std::string choice(std::string_view compare, const Node& n) const {
    return at_least(n.a, product) + " " + std::string(compare) + " " + at_least(n.b, product) + " ? " +
           at_least(n.c, product) + " : " + at_least(n.d, product);
  }

  // A scalar that is a part of the one before it.
  bool is_nameless(short id) const {
    const Node& n = graph_.nodes[id];
    return n.op == Op::scalar && scalars_[static_cast<std::size_t>(n.a)].empty();
  }

  Written write(short id) const {
    for (const auto& [node, name] : called_)
      if (node == id) return {name, word};
    const Node& n = graph_.nodes[id];
    const auto named = [&](const std::vector<std::string>& names) -> Written {
      return {bracketed(names[static_cast<std::size_t>(n.a)]), word};
    };
    switch (n.op) {
      case Op::stream: return named(streams_);
      case Op::scalar: return named(scalars_);
      case Op::constant: return {detail::text(n.value), n.value < 0 ? sum : word};
      case Op::add: return {at_least(n.a, sum) + " + " + at_least(n.b, sum), sum};
      case Op::sub: return {at_least(n.a, sum) + " - " + at_least(n.b, product), sum};
      case Op::inner:
      case Op::mul:
      case Op::scale:
        if (is_nameless(n.b)) return write(n.a);
        return {at_least(n.a, product) + " " + at_least(n.b, word), product};
      case Op::div: return {at_least(n.a, product) + " / " + at_least(n.b, word), product};
      case Op::neg: return {"-" + at_least(n.a, word), sum};
      case Op::min: return {call("min", n), word};
      case Op::max: return {call("max", n), word};
      case Op::magnitude:
      case Op::abs: return {call("abs", n), word};
      case Op::sqrt: return {call("sqrt", n), word};
      case Op::cbrt: return {call("cbrt", n), word};
      case Op::exp: return {call("exp", n), word};
      case Op::log: return {call("log", n), word};
      case Op::fma: return {call("fma", n), word};
      case Op::select_less: return {choice("<", n), alternative};
      case Op::select_less_equal: return {choice("<=", n), alternative};
      case Op::select_equal: return {choice("==", n), alternative};
    }
    return {};
  }

  const Graph& graph_;
  std::vector<std::string> streams_;
  std::vector<std::string> scalars_;
  std::vector<std::pair<short, std::string>> called_;
};

}  // namespace gradus::detail
