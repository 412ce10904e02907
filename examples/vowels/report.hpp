// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

#include "learned.hpp"

namespace vowels {

inline bool is_vowel(std::size_t symbol) { return std::strchr("aeiou", letter(symbol)) != nullptr; }

/// The state that emits a symbol with the greatest probability.
inline std::size_t state_of(const Tables& model, std::size_t symbol) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < states_of(model); ++i)
    if (model.emission(i, symbol) > model.emission(best, symbol)) best = i;
  return best;
}

/// All symbols, state by state, and in each from the most to the least likely.
inline std::vector<std::size_t> by_state(const Tables& model) {
  std::vector<std::size_t> symbols(alphabet);
  std::iota(symbols.begin(), symbols.end(), 0);
  std::sort(symbols.begin(), symbols.end(), [&](std::size_t a, std::size_t b) {
    const auto i = state_of(model, a), j = state_of(model, b);
    return i != j ? i < j : model.emission(i, a) > model.emission(j, b);
  });
  return symbols;
}

/// Whether a, e, i, o and u share a state.
inline bool vowels_together(const Tables& model) {
  for (std::size_t symbol = 0; symbol < alphabet; ++symbol)
    if (is_vowel(symbol) && state_of(model, symbol) != state_of(model, 0)) return false;
  return true;
}

/// A learner's line: where it arrived and what it took.
inline void print_arrival(const char* name, const Learned& learned, double seconds) {
  std::printf("%-15s  %.6f nats per letter, %zu steps, %.2f s\n", name, learned.curve.back(), learned.curve.size() - 1,
              seconds);
}

/// How far the climb came.
inline void print_comparison(const Learned& ascent, const Learned& reference) {
  const double lead = ascent.curve.back() - reference.curve.back();
  std::printf("gradient ascent is %.1e nats per letter %s Baum-Welch\n", std::abs(lead), lead < 0 ? "below" : "above");
}

/// Each state's letters from the most to the least likely, and what became of the vowels.
inline void print_states(const Tables& model) {
  std::vector<std::string> letters(states_of(model));
  for (const auto symbol : by_state(model)) letters[state_of(model, symbol)] += {' ', letter(symbol)};
  for (std::size_t i = 0; i < letters.size(); ++i) std::printf("state %zu: %s\n", i + 1, letters[i].c_str());
  if (vowels_together(model)) std::printf("a e i o u are together in state %zu\n", state_of(model, 0) + 1);
  else std::printf("a e i o u are in more than one state\n");
}

}  // namespace vowels
