// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

/// Every recipe, and rules that have none, as somebody writes it who needs just that one, at its defaults: a fused loop
/// over one array of floats. It knows nothing of gradus. What is 0 by default is left out, and what a norm or a sum
/// needs is read beforehand.
namespace hand {

/// What a run keeps: where its arrays are, and the numbers beside them.
struct Run {
  float* parameter = nullptr;
  const float* gradient = nullptr;
  float* slot[5]{};
  std::size_t size = 0;

  std::int64_t steps = 0;
  double kept[2]{};

  /// The number of the step that begins.
  double next() { return static_cast<double>(++steps); }
};

/// What the objective is said to be in every step, where a rule asks for it.
inline constexpr double value = -1;

/// Takes one step uphill.
using Step = void(Run&);

Step sgd, asgd, aggmo, qhm, signum, lion, optimistic, rprop, cocob, schedule_free_sgd;
Step adagrad, adasqrt, rmsprop, adadelta, smorms3, gradient_ascent, padam, adabound, adamax, ftml, madgrad;
Step adam, adamw, nadam, radam, adabelief, acprop, yogi, qhadam, adopt, adan, ademamix, optimistic_adam;
Step schedule_free_adamw;
Step novograd, lars, dog, dowg, dadapt_adamw, prodigy;
Step barzilai_borwein, polyak_step;

namespace optax {
Step adagrad, rmsprop, nadam, amsgrad, adamax, radam, adan, simplified_ademamix, optimistic_adam, fromage;
}

}  // namespace hand
