// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/drive/maximize.hpp>

#include <string>
#include <vector>

#include "function.hpp"

namespace classic {

/// A recipe with its type erased, so that tables and pictures are made by loops.
struct Recipe {
  std::string name;
  double rate = 0;  ///< by default; 0 where it has none to choose

  /// Minimizes by the recipe with its defaults, but `times` the rate.
  gradus::DriveResult (*minimize)(const Objective&, Vector& at, const gradus::DriveOptions&, double times) = nullptr;
};

/// All recipes, by name; optax's variants are apart.
const std::vector<Recipe>& recipes();

}  // namespace classic
