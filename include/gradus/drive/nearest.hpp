// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

/// How many letters must be inserted, removed or replaced to make one word of another (Levenshtein, 1966).
inline std::size_t edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t corner = row[0]++;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = corner + (from[i] == to[j] ? 0 : 1);
      corner = row[j + 1];
      row[j + 1] = std::min({replaced, corner + 1, row[j] + 1});
    }
  }
  return row.back();
}

/// The nearest to a word among several: one that contains it, else the one that takes the fewest edits; the first if
/// there is a tie. There must be at least one.
inline std::string_view nearest(std::string_view word, std::span<const std::string_view> words) {
  return *std::ranges::min_element(
      words, {}, [&](std::string_view other) { return std::pair(other.find(word) == other.npos, edits(word, other)); });
}

/// What to write instead of a word: the nearest one, or, where that is another word, all.
inline std::string suggestion(std::string_view word, std::span<const std::string_view> words) {
  const std::string_view near = nearest(word, words);
  if (near.find(word) != near.npos || 2 * edits(word, near) <= std::max(word.size(), near.size()))
    return "did you mean " + std::string(near) + "?";
  std::string all = "there is ";
  for (const std::string_view other : words) all.append(other.data() == words[0].data() ? "" : ", ").append(other);
  return all;
}

}  // namespace gradus
