// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace vowels {

/// A text as the model sees it: 0..25 for a..z, 26 for the space between words.
using Symbols = std::vector<std::uint8_t>;

inline constexpr std::size_t alphabet = 27;
inline constexpr std::uint8_t space = 26;
inline constexpr std::size_t fewest_letters = 1000;

/// The symbol as text; the space is drawn as an underscore so that it can be seen.
inline char letter(std::size_t symbol) { return "abcdefghijklmnopqrstuvwxyz_"[symbol]; }

/// Only a..z are letters, so a UTF-8 letter with an accent splits a word as a comma does.
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Folds case; every run of anything but letters becomes one space, and none stands at either end.
inline Symbols to_symbols(std::string_view text) {
  Symbols symbols;
  bool apart = false;
  for (const char c : text) {
    if (!is_letter(c)) {
      apart = true;
      continue;
    }
    if (apart && !symbols.empty()) symbols.push_back(space);
    apart = false;
    symbols.push_back(static_cast<std::uint8_t>((c | 0x20) - 'a'));
  }
  return symbols;
}

/// How many symbols are letters; the rest are spaces.
inline std::size_t letters_in(const Symbols& symbols) {
  std::size_t letters = 0;
  for (const auto symbol : symbols) letters += symbol != space;
  return letters;
}

inline std::string read_file(const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  std::string bytes;
  char block[1 << 16];
  while (in.read(block, sizeof block), in.gcount() > 0) bytes.append(block, static_cast<std::size_t>(in.gcount()));
  if (!in.is_open() || in.bad())
    throw std::runtime_error{"cannot read '" + file + "' (" + std::strerror(errno) + "); name a readable text file"};
  return bytes;
}

/// Reads a text file, or says what is wrong with it and what to do.
inline Symbols read_symbols(const std::string& file) {
  auto symbols = to_symbols(read_file(file));
  if (const auto letters = letters_in(symbols); letters < fewest_letters)
    throw std::runtime_error{"'" + file + "' has " + std::to_string(letters) + " letters a-z, too few to learn from; " +
                             "name a text of " + std::to_string(fewest_letters) + " or more"};
  return symbols;
}

}  // namespace vowels
