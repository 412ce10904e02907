// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Divides by a running root mean square of the gradient, element by element.
///
///     s <- beta s + (1 - beta) g^2
///     u <- u / (sqrt(s) + epsilon)
///
/// s measures the gradient g, wherever the policy stands, and starts at 0 without bias correction: for a constant
/// gradient the first update is 1 / sqrt(1 - beta), 31.6 at the default. `CorrectedAdaptive` avoids that.
///
/// Slots   second, 0 at first.
/// Order   in front of rates and schedules; anything else does not compile.
/// Cost    reads and writes one slot; a square root and a division.
/// Errors  `Refused` unless beta lies in [0, 1) and epsilon is finite, at least 0, and not rounded to 0 by the type.
/// Source  Tieleman and Hinton (2012), RMSProp.
struct Adaptive {
  double beta = 0.999;    ///< share of the second moment that a step keeps, in [0, 1)
  double epsilon = 1e-8;  ///< added to the root

  static constexpr auto limits =
      Limits{Limit{"beta", &Adaptive::beta, Range::unit}, Limit{"epsilon", &Adaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "epsilon"};

  constexpr std::array<double, 3> at(const Step&) const { return {beta, 1 - beta, epsilon}; }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane epsilon) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = r.update / (sqrt(second) + epsilon);
  }
};

namespace detail {

// u / (sqrt(s) / root + epsilon) is u root / (sqrt(s) + epsilon root), which saves a product per element. An epsilon so
// small that it only prevents 0 / 0 is kept as it is: the product might round to 0 in the element type.
constexpr std::array<double, 4> corrected_scalars(double beta, double epsilon, double power) {
  const double root = square_root(1 - power), smaller = epsilon * root;
  return {beta, 1 - beta, root, smaller < 1e-37 ? epsilon : smaller};
}

}  // namespace detail

/// `Adaptive` with its bias corrected: Adam's second moment.
///
///     s <- beta s + (1 - beta) g^2
///     u <- u / (sqrt(s / (1 - beta^t)) + epsilon)
///
/// Slots, order, cost and errors as `Adaptive`. t counts the leaf's steps.
/// Source  Kingma and Ba (2015); epsilon outside the corrected root, as in PyTorch and optax.
struct CorrectedAdaptive {
  double beta = 0.999;
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"beta", &CorrectedAdaptive::beta, Range::unit},
                                        Limit{"epsilon", &CorrectedAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "sqrt(1 - beta^t)", "epsilon sqrt(1 - beta^t)"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 4> at(const Step& step) const {
    return detail::corrected_scalars(beta, epsilon, step.now[0]);
  }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane root, Lane epsilon) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = scaled(r.update, root) / (sqrt(second) + epsilon);
  }
};

/// `CorrectedAdaptive` over the largest second moment so far, so that the divisor never shrinks: AMSGrad.
///
///     s <- beta s + (1 - beta) g^2
///     m <- max(m, s)
///     u <- u / (sqrt(m / (1 - beta^t)) + epsilon)
///
/// Slots   second and largest, 0 at first. Order and errors as `Adaptive`.
/// Cost    reads and writes two slots.
/// Source  Reddi, Kale and Kumar (2018) in PyTorch's form: the maximum is over the uncorrected moment. optax takes it
///         over the corrected one.
struct LargestAdaptive {
  double beta = 0.999;
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"beta", &LargestAdaptive::beta, Range::unit},
                                        Limit{"epsilon", &LargestAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"second"}, {"largest"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "sqrt(1 - beta^t)", "epsilon sqrt(1 - beta^t)"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 4> at(const Step& step) const {
    return detail::corrected_scalars(beta, epsilon, step.now[0]);
  }

  static constexpr void apply(Record& r, Lane& second, Lane& largest, Lane beta, Lane gain, Lane root, Lane epsilon) {
    second = beta * second + gain * r.gradient * r.gradient;
    largest = max(second, largest);
    r.update = scaled(r.update, root) / (sqrt(largest) + epsilon);
  }
};

}  // namespace gradus
