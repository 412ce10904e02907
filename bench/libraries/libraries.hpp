// SPDX-License-Identifier: MIT
#pragma once

#include "rivals.hpp"
#include "rounds.hpp"

#include <algorithm>
#include <cmath>

/// The same rules by gradus and by the libraries that somebody might take instead, each as its own users write it.
namespace libraries {

enum class Rule { momentum, adam, adam_clip_norm };

/// The values of a rule and the arrays that all work on, but for libraries that insist on slots of their own.
struct Problem : rival::Optimizer {
  /// What an element of the coming step of Adam is multiplied by: rate and root are corrected.
  struct Numbers {
    float factor, beta, epsilon, rate, root;
  };
  Numbers next() {
    ++steps;
    return {static_cast<float>(factor), static_cast<float>(beta), static_cast<float>(epsilon),
            static_cast<float>(rate / (1 - std::pow(factor, steps))),
            static_cast<float>(1 / std::sqrt(1 - std::pow(beta, steps)))};
  }
  /// What brings a gradient of this norm down to the largest.
  float scale(double norm) const { return static_cast<float>(std::min(1.0, largest_norm / norm)); }
};

/// A step uphill. That of gradus is bound, and its slots become those of the problem.
bench::Stopwatch gradus(Rule rule, Problem& problem);
bench::Stopwatch eigen(Rule rule, Problem problem);
bench::Stopwatch xtensor(Rule rule, Problem problem);
bench::Stopwatch armadillo(Rule rule, Problem problem);
bench::Stopwatch libtorch(Rule rule, Problem problem);
bench::Stopwatch ensmallen(Rule rule, Problem problem);  ///< none for a clipped norm, which it has not

}  // namespace libraries
