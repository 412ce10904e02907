// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradus {

/// A pattern for names. It refers to its text, so a temporary `std::string` is rejected: it would be gone when used.
struct Pattern {
  std::string_view text;

  constexpr Pattern() = default;
  constexpr Pattern(std::string_view letters) : text(letters) {}
  constexpr Pattern(const char* letters) : text(letters) {}
  constexpr Pattern(const std::string& letters) : text(letters) {}
  Pattern(const std::string&&) = delete;  // keep the string alive as long as the optimizer

  constexpr operator std::string_view() const { return text; }
  friend constexpr bool operator==(Pattern, Pattern) = default;
};

/// Whether a leaf's name matches a pattern, where `*` stands for any characters and `?` for one:
///
///     when(Named{"*.weight"}, WeightDecay{0.01})
struct Named {
  Pattern pattern;

  constexpr bool operator()(std::string_view name) const { return fits(pattern.text, name); }

  template <class F>
  constexpr void for_each_pattern(F f) const {
    f(pattern.text);
  }

 private:
  // Backtracks to the last star, which then takes one more character.
  static constexpr bool fits(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = std::string_view::npos, taken = 0;
    while (n < name.size()) {
      if (p < pattern.size() && pattern[p] == '*') star = p++, taken = n;
      else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) ++p, ++n;
      else if (star != std::string_view::npos) p = star + 1, n = ++taken;
      else return false;
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
  }
};

/// Calls f(pattern) for each name pattern by which `by` selects leaves, if any.
template <class By, class F>
constexpr void for_each_pattern([[maybe_unused]] const By& by, [[maybe_unused]] F f) {
  if constexpr (requires { by.for_each_pattern(f); }) by.for_each_pattern(f);
}

}  // namespace gradus
