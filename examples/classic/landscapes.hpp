// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <filesystem>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "drawing.hpp"
#include "function.hpp"
#include "recipes.hpp"
#include "way.hpp"

namespace classic {

inline void write_point(std::ostream& out, const Vector& at) { out << at[0] << ' ' << at[1] << '\n'; }

/// Two gnuplot blocks: the points of a way that are visibly apart, then its first and its last.
inline void write_way(std::ostream& out, const Landscape& landscape, const std::vector<Vector>& points) {
  const double width = landscape.right - landscape.left, height = landscape.high - landscape.low;
  Vector last;
  for (const Vector& at : points) {
    const bool seen = last.empty() || std::hypot((at[0] - last[0]) / width, (at[1] - last[1]) / height) > 0.01;
    if (!seen && &at != &points.back()) continue;
    write_point(out, at);
    last = at;
  }
  out << "\n\n";
  write_point(out, points.front());
  write_point(out, points.back());
  out << "\n\n";
}

/// The square root of a landscape's height above its minimum, on a grid.
inline void write_heights(std::ostream& out, const Landscape& landscape) {
  constexpr int cells = 28;
  for (int i = 0; i <= cells; ++i, out << '\n')
    for (int j = 0; j <= cells; ++j) {
      const double x = landscape.left + (landscape.right - landscape.left) * i / cells;
      const double y = landscape.low + (landscape.high - landscape.low) * j / cells;
      out << x << ' ' << y << ' ' << std::sqrt(value(landscape.function, {x, y}) - landscape.function.least) << '\n';
    }
}

/// "Rosenbrock, rate 0.001".
inline std::string title(const Function& function, double rate) {
  std::ostringstream out;
  out.precision(2);
  out << function.name;
  if (rate != 0) out << ", rate " << rate;
  return out.str();
}

/// The titles of the panels for gnuplot, and their ways as its blocks.
inline void write_ways(const std::filesystem::path& folder, const Recipe& recipe,
                       const std::vector<Landscape>& landscapes) {
  std::ostringstream titles, ways;
  for (const Landscape& landscape : landscapes) {
    const Way best = best_way(recipe, landscape);
    titles << (titles.str().empty() ? "" : ",") << '"' << title(landscape.function, best.rate) << '"';
    write_way(ways, landscape, best.points);
  }
  drawing::write(folder / (recipe.file() + ".titles"),
                 [&](auto& out) { out << "array heading = [" << titles.str() << "]\n"; });
  drawing::write(folder / (recipe.file() + ".dat"), [&](auto& out) { out << ways.str(); });
}

/// Draws a picture of every recipe into a folder, beside the data it shows.
inline void draw_landscapes(const std::string& script, const std::filesystem::path& folder) {
  const auto all = landscapes();
  for (std::size_t i = 0; i < all.size(); ++i)
    drawing::write(folder / (std::to_string(i + 1) + ".heights"), [&](auto& out) { write_heights(out, all[i]); });
  drawing::write(folder / "minima.dat", [&](auto& out) {
    for (const Landscape& landscape : all) write_point(out, landscape.function.best);
  });
  std::string names;
  for (const Recipe& recipe : recipes()) {
    write_ways(folder, recipe, all);
    names += recipe.file() + ' ';
  }
  drawing::run_gnuplot({"-c", script, folder.string(), names});
}

}  // namespace classic
