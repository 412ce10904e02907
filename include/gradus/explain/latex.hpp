// SPDX-License-Identifier: MIT
#pragma once

#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace gradus::detail {

/// Sets in LaTeX what `Formula` and the names of scalars write as text: `u / (sqrt(second) + epsilon)` becomes
/// `\frac{u}{\sqrt{\mathrm{second}} + \varepsilon}`. What it does not know it sets as plain text.
class Latex {
 public:
  /// A formula, or `stream <- formula` with an & in front of the arrow.
  static std::string of(std::string_view text) {
    const std::size_t arrow = text.find(" <- ");
    if (arrow == text.npos) return Latex(text).all();
    return name(text.substr(0, arrow)) + " &\\leftarrow " + Latex(text.substr(arrow + 4)).all();
  }

  /// Words, as text.
  static std::string words(std::string_view words) {
    std::string text = "\\text{";
    for (const char c : words)
      if (c == '\\') text += "\\textbackslash{}";
      else if (c == '<' || c == '>') text += c == '<' ? "\\textless{}" : "\\textgreater{}";
      else if (c == '^' || c == '~') text += std::string("\\") + c + "{}";
      else if (std::string_view("#$%&_{}").find(c) != std::string_view::npos) text += std::string("\\") + c;
      else text += c;
    return text + "}";
  }

 private:
  explicit Latex(std::string_view text) : rest_(text) {}

  // A factor, and its inside if it is one pair of brackets.
  struct Factor {
    std::string text;
    std::string within;
    const std::string& alone() const { return within.empty() ? text : within; }
    /// A fraction or a choice holds together without brackets.
    const std::string& beside() const { return holds_together(within) ? within : text; }
  };

  std::string all() {
    std::string text = list();
    return peek() == '\0' ? text : text + " " + words(rest_);
  }

  std::string list() {
    std::string text = alternative();
    while (takes(",")) text += ", " + alternative();
    return text;
  }

  std::string alternative() {
    std::string text = relation();
    if (!takes("?")) return text;
    const std::string yes = sum();
    takes(":");
    return "\\begin{cases} " + yes + " & " + text + " \\\\ " + sum() + " & \\text{else} \\end{cases}";
  }

  std::string relation() {
    std::string text = sum();
    for (const auto& [sign, latex] : {std::pair{"<=", " \\le "}, {"==", " = "}, {"<", " < "}, {"=", " = "}})
      if (takes(sign)) return text + latex + sum();
    return text;
  }

  std::string sum() {
    std::string text = takes("-") ? "-" + product() : product();
    for (;;)
      if (takes("+")) text += " + " + product();
      else if (takes("-")) text += " - " + product();
      else return text;
  }

  // Factors stand beside each other; a fraction takes all before it.
  std::string product() {
    Factor all = power();
    for (;;)
      if (takes("/")) all = {"\\frac{" + all.alone() + "}{" + power().alone() + "}", ""};
      else if (const Factor next = power(); !next.text.empty()) all = {all.beside() + " \\, " + next.beside(), ""};
      else return all.beside();
  }

  Factor power() {
    const Factor base = atom();
    return takes("^") ? Factor{base.text + "^{" + atom().alone() + "}", ""} : base;
  }

  Factor atom() {
    const char next = peek();
    if (next == '\0' || std::string_view(",?:<=+-/^)").find(next) != std::string_view::npos) return {};
    if (takes("(")) return bracketed("(", ")");
    if (next == '|' && !within_bars_) return magnitude();
    if (next == '|') return {};
    if (std::isdigit(static_cast<unsigned char>(next))) return {number(), ""};
    if (belongs_to_name(next)) return {call(), ""};
    rest_.remove_prefix(1);
    return {words({&next, 1}), ""};
  }

  Factor bracketed(const std::string& open, const std::string& close) {
    const bool bars = std::exchange(within_bars_, false);
    std::string within = list();
    takes(")");
    within_bars_ = bars;
    return {"\\left" + open + within + "\\right" + close, within};
  }

  Factor magnitude() {
    takes("|");
    within_bars_ = true;
    std::string within = sum();
    within_bars_ = false;
    takes("|");
    return {"\\left|" + within + "\\right|", ""};
  }

  static bool holds_together(std::string_view text) {
    if (text.starts_with("\\begin{cases}")) return text.ends_with("\\end{cases}");
    if (!text.starts_with("\\frac{")) return false;
    int depth = 0, groups = 0;
    for (const char c : text.substr(5)) {
      if (depth == 0 && c != '{') return false;
      depth += (c == '{') - (c == '}');
      groups += depth == 0;
    }
    return groups == 2;
  }

  // A name, and the brackets directly behind it, if any.
  std::string call() {
    std::size_t end = 0;
    while (end < rest_.size() && belongs_to_name(rest_[end])) ++end;
    const std::string_view called = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (called == "at" || called == "then") return words(" " + std::string(called) + " ");
    if (!rest_.starts_with("(")) return name(called);
    rest_.remove_prefix(1);
    if (called.ends_with('_'))
      return name(called.substr(0, called.size() - 1)) + "_{" + bracketed("(", ")").within + "}";
    if (called == "sqrt") return "\\sqrt{" + bracketed("(", ")").within + "}";
    if (called == "abs") return bracketed("|", "|").text;
    if (called == "norm") return bracketed("\\|", "\\|").text;
    if (called == "cbrt") return "\\sqrt[3]{" + bracketed("(", ")").within + "}";
    if (called == "min" || called == "max" || called == "exp" || called == "log")
      return "\\" + std::string(called) + bracketed("(", ")").text;
    return "\\operatorname{" + std::string(called) + "}" + bracketed("(", ")").text;
  }

  // 1e-08 becomes a power of ten.
  std::string number() {
    const std::string digits = taken("0123456789.");
    const bool has_sign = rest_.starts_with("e-") || rest_.starts_with("e+");
    if (!has_sign && !(rest_.size() > 1 && rest_[0] == 'e' && std::isdigit(static_cast<unsigned char>(rest_[1]))))
      return digits;
    const std::string minus = rest_.starts_with("e-") ? "-" : "";
    rest_.remove_prefix(has_sign ? 2 : 1);
    const std::string ten = "10^{" + minus + std::to_string(std::stoi(taken("0123456789"))) + "}";
    return digits == "1" ? ten : digits + " \\cdot " + ten;
  }

  std::string taken(const char* characters) {
    const std::string front(rest_.substr(0, rest_.find_first_not_of(characters)));
    rest_.remove_prefix(front.size());
    return front;
  }

  // `beta1`, `rate_t` and `old_velocity` have an index, `weight_decay` is words; Greek letters are letters.
  static std::string name(std::string_view name) {
    if (name.starts_with("old_")) return indexed(name.substr(4), "old");
    const std::size_t bar = name.find('_');
    if (bar != name.npos && bar > 1 && bar + 2 < name.size() && std::isalpha(static_cast<unsigned char>(name[bar + 1])))
      return words(name);  // `weight_decay`
    if (bar != name.npos) return indexed(name.substr(0, bar), std::string(name.substr(bar + 1)));
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;
    if (digits != name.size()) return indexed(name.substr(0, digits), std::string(name.substr(digits)));
    for (const std::string_view greek : {"alpha", "beta", "gamma", "delta", "rho", "sigma", "tau"})
      if (name == greek) return "\\" + std::string(name);
    if (name == "epsilon") return "\\varepsilon";
    return name.size() == 1 ? std::string(name) : "\\mathrm{" + std::string(name) + "}";
  }
  static std::string indexed(std::string_view of, const std::string& index) {
    const bool word = index.size() > 1 && std::isalpha(static_cast<unsigned char>(index[0]));
    return name(of) + "_{" + (word ? "\\mathrm{" + index + "}" : index) + "}";
  }

  // Letters of other alphabets too.
  static bool belongs_to_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  }

  char peek() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
    return rest_.empty() ? '\0' : rest_.front();
  }
  bool takes(std::string_view sign) {
    peek();
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }

  std::string_view rest_;
  bool within_bars_ = false;
};

}  // namespace gradus::detail
