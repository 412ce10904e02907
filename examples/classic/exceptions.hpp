// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace classic {

/// Why a recipe's defaults do not bring it to a minimum.
struct Reason {
  char letter;
  std::string_view text;
};

inline constexpr Reason slow{'a', "Steps of the default rate are too short for this way: it is still on it."};
inline constexpr Reason too_large{'b', "The default rate is too large for the curvature on the way: it diverges."};
inline constexpr Reason runs_past{
    'c', "It runs past this minimum, down among the deeper ones that McCormick has without end."};
inline constexpr Reason circles{'d',
                                "Its steps keep a length of their own, by which it goes to and fro across the valley."};
inline constexpr Reason comes_back{
    'e',
    "It comes back to the same five points again and again: its rate fits the last step, whether it led down or not."};
inline constexpr Reason aims_higher{
    'f', "It aims at the value 0 unless told of another, and stays where the value is lower."};

inline constexpr std::array reasons{slow, too_large, runs_past, circles, comes_back, aims_higher};

struct Exception {
  std::string_view recipe, function;
  Reason reason;
};

/// What is expected of the table: every recipe reaches every minimum, with these exceptions. For full gradients of
/// smooth functions only the rate can be wrong: if steps follow the gradient's length, it must be below 2 / curvature
/// (a curvature of 1001 at Rosenbrock's minimum); if not, the steps must add up to the way (15.6 for Booth) and be
/// short where the valley is narrow.
inline constexpr Exception exceptions[]{
    {"adadelta", "Rosenbrock", circles},
    {"adagrad", "Booth", slow},  // 2 lr sqrt(budget) is 8.9 at most
    {"adagrad", "Matyas", slow},
    {"adagrad", "Rosenbrock", slow},
    {"adasqrt", "Sphere", slow},  // it takes 2 lr sqrt(budget) = 8.9 off the square of a distance, over the curvature
    {"adasqrt", "Booth", slow},
    {"adasqrt", "McCormick", slow},
    {"adasqrt", "Styblinski-Tang", slow},
    {"adasqrt", "Rosenbrock", slow},
    {"ademamix", "McCormick", runs_past},  // six times Adam's rate, and a memory of 10,000 steps
    {"aggmo", "McCormick", runs_past},
    {"aggmo", "Styblinski-Tang", too_large},
    {"aggmo", "Rosenbrock", too_large},
    {"asgd", "Rosenbrock", too_large},
    {"dadapt_adamw", "McCormick", runs_past},
    {"novograd", "Rosenbrock", circles},
    {"optimistic", "Rosenbrock", too_large},
    {"padam", "Rosenbrock", too_large},
    {"prodigy", "McCormick", runs_past},
    {"prodigy", "Rosenbrock", circles},
    {"qhm", "Booth", too_large},
    {"qhm", "Styblinski-Tang", too_large},
    {"qhm", "Rosenbrock", too_large},
    {"rmsprop", "Rosenbrock", circles},
    {"schedule_free_sgd", "Styblinski-Tang", too_large},
    {"schedule_free_sgd", "Rosenbrock", too_large},
    {"optax::adagrad", "Sphere", slow},  // 2 lr sqrt(budget) is 0.9 at most
    {"optax::adagrad", "Booth", slow},
    {"optax::adagrad", "Matyas", slow},
    {"optax::adagrad", "McCormick", slow},
    {"optax::adagrad", "Styblinski-Tang", slow},
    {"optax::adagrad", "Rosenbrock", slow},
    {"optax::adagrad", "Logistic regression", slow},
    {"optax::amsgrad", "Rosenbrock", slow},  // its divisor is that of the slope it starts on
    {"optax::simplified_ademamix", "McCormick", runs_past},
    {"BarzilaiBorwein", "McCormick", runs_past},
    {"BarzilaiBorwein", "Rosenbrock", comes_back},
    {"PolyakStep", "McCormick", aims_higher},
    {"PolyakStep", "Styblinski-Tang", aims_higher},
};

/// The exception for a recipe and a function, or null.
inline const Exception* exception(std::string_view recipe, std::string_view function) {
  const auto* found = std::find_if(std::begin(exceptions), std::end(exceptions),
                                   [&](const Exception& e) { return e.recipe == recipe && e.function == function; });
  return found == std::end(exceptions) ? nullptr : found;
}

}  // namespace classic
