// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/drive/maximize.hpp>

#include <string>
#include <vector>

#include "function.hpp"

namespace classic {

/// A recipe, or a rule that has none, with its type erased, so that tables and pictures are made by loops.
struct Recipe {
  std::string name;
  double rate = 0;  ///< the default; 0 if there is none to choose

  /// Minimizes by the recipe with its defaults, but with `times` the rate.
  gradus::DriveResult (*minimize)(const Objective&, Vector& at, const gradus::DriveOptions&, double times) = nullptr;

  /// Its name as a file name: optax_adam.
  std::string file() const {
    const auto colons = name.find("::");
    return colons == std::string::npos ? name : std::string(name).replace(colons, 2, "_");
  }
};

/// All recipes, by name; optax's variants behind the others, and last the rules that have no recipe, by their policies.
const std::vector<Recipe>& recipes();

}  // namespace classic
