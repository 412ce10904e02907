// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus {

/// A sum of many terms, as an objective that evaluates the next few of them in each call.
template <class F>
class Batches {
 public:
  Batches(F& objective, std::size_t size) : objective_(objective), size_(size) {
    if (size == 0) refuse("in_batches: size is 0, and a step needs terms; give at least 1");
  }

  /// The value of the next terms at `theta`, and their gradient.
  template <class Theta>
  double operator()(const Theta& theta, Theta& gradient) {
    const std::size_t all = objective_.NumFunctions();
    if (all == 0) refuse("in_batches: the objective has no terms (NumFunctions() is 0); give it data");
    if (next_ >= all) {
      next_ = 0;
      if constexpr (requires { objective_.Shuffle(); }) objective_.Shuffle();
    }
    const std::size_t first = next_, count = std::min(size_, all - first);
    next_ = first + count;
    if constexpr (requires { objective_.EvaluateWithGradient(theta, first, gradient, count); }) {
      return objective_.EvaluateWithGradient(theta, first, gradient, count);
    } else {
      objective_.Gradient(theta, first, gradient, count);
      return objective_.Evaluate(theta, first, count);
    }
  }

 private:
  F& objective_;
  std::size_t size_, next_ = 0;
};

template <class F>
inline constexpr bool is_batches = false;
template <class F>
inline constexpr bool is_batches<Batches<F>> = true;

/// Mini-batches: an objective for `maximize` and `minimize` that evaluates `size` terms in each call. Every term comes
/// once before any repeats; the last call of such a round may have fewer.
///
///     auto batches = gradus::in_batches(regression, 32);
///     gradus::minimize(batches, theta, optimizer, {.steps = 1000});
///
/// `objective` is separable as ensmallen's are. It has `NumFunctions()` and, for the terms [first, first + count),
/// `EvaluateWithGradient(theta, first, gradient, count)`, or `Evaluate(theta, first, count)` and
/// `Gradient(theta, first, gradient, count)`; a `Shuffle()`, if any, is called between rounds. It must outlive the
/// result. A drive over batches compares values of different terms: stop it by steps, time or a callback, not change.
///
/// Cost    the terms', in each call; nothing is copied.
/// Errors  `Refused` where size is 0, and in the first call where there are no terms.
template <class F>
Batches<F> in_batches(F& objective, std::size_t size) {
  return {objective, size};
}

}  // namespace gradus
