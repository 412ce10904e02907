// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "hmm.hpp"

namespace vowels {

/// Log-likelihood per letter at the start and after each step.
using Curve = std::vector<double>;

/// What an algorithm arrives at.
struct Learned {
  Tables model;
  Curve curve;
};

}  // namespace vowels
