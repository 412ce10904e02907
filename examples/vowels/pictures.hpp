// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <ostream>
#include <string>

#include "drawing.hpp"
#include "report.hpp"

namespace vowels {

/// Two blocks, as gnuplot's `index` tells them apart: Baum-Welch, then gradient ascent.
inline void write_learning(std::ostream& out, const Curve& baum_welch, const Curve& ascent) {
  for (const Curve* curve : {&baum_welch, &ascent}) {
    for (std::size_t step = 0; step < curve->size(); ++step) out << step << ' ' << (*curve)[step] << '\n';
    out << "\n\n";
  }
}

/// One line per symbol: the symbol, what it is (0 consonant, 1 vowel, 2 space), its probability in each state.
inline void write_letters(std::ostream& out, const Tables& model) {
  for (const auto symbol : by_state(model)) {
    out << letter(symbol) << ' ' << (symbol == space ? 2 : is_vowel(symbol) ? 1 : 0);
    for (std::size_t i = 0; i < states_of(model); ++i) out << ' ' << model.emission(i, symbol);
    out << '\n';
  }
}

/// Draws learning.{svg,png} and letters.{svg,png} into a folder, beside the data they show.
inline void draw(const std::string& script, const std::filesystem::path& folder, const Learned& baum_welch,
                 const Learned& ascent) {
  drawing::write(folder / "learning.dat",
                 [&](std::ostream& out) { write_learning(out, baum_welch.curve, ascent.curve); });
  drawing::write(folder / "letters.dat", [&](std::ostream& out) { write_letters(out, ascent.model); });
  drawing::run_gnuplot({"-c", script, folder.string(), std::to_string(states_of(ascent.model))});
}

}  // namespace vowels
