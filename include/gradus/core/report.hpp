// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace gradus {

/// What an observer is told of a step. The step has been taken, and stands if the observer throws.
struct Report {
  std::int64_t step = 0;     ///< counted from 1
  double rate = 1;           ///< the rate in force: the product of the step's scalar factors
  double gradient_norm = 0;  ///< Euclidean norm of the incoming gradient over all leaves
};

namespace detail {

/// No observer.
struct NoObserver {
  static constexpr bool wants(std::int64_t) { return false; }
  static constexpr void report(const Report&) {}
};

}  // namespace detail

}  // namespace gradus
