// SPDX-License-Identifier: MIT
#pragma once

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "report.hpp"

namespace vowels {

/// Writes a file by fill(stream), or throws an exception that names it.
template <class Fill>
void write(const std::filesystem::path& file, Fill fill) {
  std::ofstream out{file};
  out.precision(10);
  fill(out);
  if (!out.flush())
    throw std::runtime_error{"cannot write '" + file.string() + "' (" + std::strerror(errno) +
                             "); name another folder with --out"};
}

/// Makes the folder for the pictures, before anything else takes time.
inline void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder))
    throw std::runtime_error{"cannot make the folder '" + folder.string() + "' (" + error.message() +
                             "); name another with --out"};
}

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

/// Runs gnuplot and waits for it.
inline void run_gnuplot(std::vector<std::string> words) {
  words.insert(words.begin(), "gnuplot");
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "gnuplot", nullptr, nullptr, arguments.data(), environ);
  if (failed == ENOENT)
    throw std::runtime_error{"no pictures, as gnuplot is missing; on Debian: apt-get install gnuplot-nox"};
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child || status != 0)
    throw std::runtime_error{"no pictures, as gnuplot failed; its message is above"};
}

/// Draws learning.{svg,png} and letters.{svg,png} into a folder, beside the data they show.
inline void draw(const std::string& script, const std::filesystem::path& folder, const Learned& baum_welch,
                 const Learned& ascent) {
  write(folder / "learning.dat", [&](std::ostream& out) { write_learning(out, baum_welch.curve, ascent.curve); });
  write(folder / "letters.dat", [&](std::ostream& out) { write_letters(out, ascent.model); });
  run_gnuplot({"-c", script, folder.string(), std::to_string(states_of(ascent.model))});
}

}  // namespace vowels
