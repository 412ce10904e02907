// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../drawing.hpp"

/// What the programs of this folder share: data to read, answers to compare, a picture to draw. None of it is gradus.
namespace use {

/// The numbers of a CSV file below its line of names; `columns` at most. Throws an exception that names a file that
/// cannot be read.
inline std::vector<std::vector<double>> read(const std::string& name, std::size_t columns = 1000) {
  const std::string file = std::string(USE_DATA) + "/" + name;
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read '" + file + "'");
  std::vector<std::vector<double>> rows;
  std::string line, cell;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    auto& row = rows.emplace_back();
    while (row.size() < columns && std::getline(cells, cell, ',')) row.push_back(std::stod(cell));
  }
  return rows;
}

/// Compares what was found with what is true, and remembers whether all was as near as it should be.
class Report {
 public:
  /// Prints both, and how far they are apart beside how far they may be.
  void compare(const std::string& what, double found, double truth, double bound) {
    std::printf("%-48s %16.10g   truth %16.10g   ", what.c_str(), found, truth);
    near("", std::abs(found - truth), bound);
  }
  /// Prints an error beside its bound.
  void near(const std::string& what, double error, double bound) {
    const bool fine = error <= bound;
    if (!what.empty()) std::printf("%-48s ", what.c_str());
    std::printf("off by %.1e of %.0e%s\n", error, bound, fine ? "" : "   TOO FAR");
    all_near_ = all_near_ && fine;
  }
  /// Prints whether something is so.
  void holds(const std::string& what, bool so) {
    std::printf("%-48s %s\n", what.c_str(), so ? "yes" : "NO");
    all_near_ = all_near_ && so;
  }
  int status() const { return all_near_ ? 0 : 1; }

 private:
  bool all_near_ = true;
};

/// Draws the picture of a program into a folder: `name`.dat by fill(stream), `name`.svg and `name`.png by `name`.gp.
template <class Fill>
void draw(const std::string& name, const std::string& folder, Fill fill) {
  if (folder.empty()) return;
  drawing::make_folder(folder);
  drawing::write(std::filesystem::path(folder) / (name + ".dat"), fill);
  drawing::run_gnuplot({"-c", std::string(USE_SCRIPTS) + "/" + name + ".gp", folder, USE_SCRIPTS});
}

/// Runs `program(report, folder)`; the folder, where the picture goes, is the first argument and may be missing.
template <class Program>
int run(int argc, char** argv, Program program) {
  try {
    Report report;
    program(report, argc > 1 ? std::string(argv[1]) : std::string());
    return report.status();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}

}  // namespace use
