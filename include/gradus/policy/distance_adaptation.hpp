// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

namespace gradus {

/// D-Adaptation, Adam that finds its rate: d estimates the distance from the start to the optimum, and grows as
/// gradients show it to be too small.
///
///     k = d rate sqrt(1 - beta2^t) / (1 - beta1^t),   b = sqrt(beta2)       rate: that of the factors in front
///     n <- b n + (1 - b) k <g, s / (sqrt(v) + epsilon)>                      over all leaves, v and s from before
///     m <- beta1 m + (1 - beta1) k g,   v <- beta2 v + (1 - beta2) g^2,   s <- b s + (1 - b) k g
///     u <- m / (sqrt(v) + epsilon) - weight_decay k p
///     d <- max(d, n / ((1 - b) sum abs(s)))                                  for the next step
///
/// Slots   first, second, sum, 0 at first; d and n are the run's.
/// Order   behind clips, and behind a rate and schedules, which stay around 1 and enter k; the update it receives is
///         not used.
/// Cost    reads and writes three slots; its sums are taken as the pass writes.
/// Errors  `Refused` unless the betas lie in [0, 1), first_distance is finite and above 0, epsilon is finite, at least
///         0 and not rounded to 0 by the type, and weight_decay is finite and at least 0; and where a leaf has no
///         gradient.
/// Source  Defazio and Mishchenko (2023); `optax.contrib.dadapt_adamw`.
struct DistanceAdaptation {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double first_distance = 1e-6;  ///< d at first; too small is safe
  double weight_decay = 0;

  static constexpr auto limits = Limits{Limit{"beta1", &DistanceAdaptation::beta1, Range::unit},
                                        Limit{"beta2", &DistanceAdaptation::beta2, Range::unit},
                                        Limit{"epsilon", &DistanceAdaptation::epsilon, Range::epsilon},
                                        Limit{"first_distance", &DistanceAdaptation::first_distance, Range::positive},
                                        Limit{"weight_decay", &DistanceAdaptation::weight_decay, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool every_leaf = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{"first"}, {"second"}, {"sum"}};
  static constexpr Name emits[]{"g s / (sqrt(v) + epsilon)", "abs(s)"};
  static constexpr Name kept[]{"n <- b n + (1 - b) k total(g s / (sqrt(v) + epsilon))",
                               "d <- max(d, n / ((1 - b) total(abs(s))))"};
  static constexpr Name scalars[]{"beta1", "(1 - beta1) k", "beta2",   "1 - beta2",
                                  "b",     "(1 - b) k",     "epsilon", "weight_decay k"};

  constexpr std::array<double, 2> bases() const { return {beta1, beta2}; }
  constexpr std::array<double, 2> start() const { return {0, first_distance}; }
  constexpr std::array<double, 8> at(const Step& step) const {
    const double k = gain(step, step.rate), b = square_root(beta2);
    return {beta1, (1 - beta1) * k, beta2, 1 - beta2, b, (1 - b) * k, epsilon, weight_decay * k};
  }
  constexpr std::array<double, 2> next(const Step& step, const Sums& sum) const {
    const double d = step.before[3], b = square_root(beta2), under = (1 - b) * sum[1];
    const double n = opaque(b * step.before[2]) + opaque((1 - b) * gain(step, step.rate) * sum[0]);
    return {n, under > 0 && n / under > d ? n / under : d};
  }

  static constexpr void apply(Record& r, Lane& first, Lane& second, Lane& sum, Lane beta1, Lane gain1, Lane beta2,
                              Lane gain2, Lane b, Lane gain, Lane epsilon, Lane decay) {
    r.emitted[0] = {r.gradient, sum / (sqrt(second) + epsilon)};
    first = beta1 * first + gain1 * r.gradient;
    second = beta2 * second + gain2 * r.gradient * r.gradient;
    sum = b * sum + gain * r.gradient;
    r.emitted[1] = {abs(sum), sum.number(1)};
    r.update = first / (sqrt(second) + epsilon) - decay * r.parameter;
  }

  constexpr double counted_rate(const Step& step) const { return gain(step, 1); }

  /// k, for a policy that keeps n and d behind the powers of both betas.
  static constexpr double gain(const Step& step, double rate) {
    return step.before[3] * rate * square_root(1 - step.now[1]) / (1 - step.now[0]);
  }
};

/// Prodigy: `DistanceAdaptation` with late gradients weighted more in the estimate, which finds the distance sooner.
///
///     k = d rate sqrt(1 - beta2^t) / (1 - beta1^t),   b = sqrt(beta2)
///     n <- b n + d / first_distance k <g, p - p_0>                           over all leaves
///     m <- beta1 m + (1 - beta1) d g,   v <- beta2 v + (1 - beta2) (d g)^2,   s <- b s + d / first_distance k g
///     u <- k (m / (sqrt(v) + d epsilon) - weight_decay p)
///     d <- max(d, coefficient n / sum abs(s))                                for the next step
///
/// Slots   first, second, sum, 0 at first, and start, which is p_0; d and n are the run's.
/// Order, and errors as `DistanceAdaptation`; coefficient is finite and above 0.
/// Cost    reads four slots, writes three; its sums are taken as the pass writes.
/// Source  Mishchenko and Defazio (2024); `optax.contrib.prodigy`, which multiplies epsilon by the new d.
struct ProdigyAdaptation {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double first_distance = 1e-6;  ///< d at first; too small is safe
  double coefficient = 1;        ///< multiplies the estimates of d
  double weight_decay = 0;

  static constexpr auto limits = Limits{Limit{"beta1", &ProdigyAdaptation::beta1, Range::unit},
                                        Limit{"beta2", &ProdigyAdaptation::beta2, Range::unit},
                                        Limit{"epsilon", &ProdigyAdaptation::epsilon, Range::epsilon},
                                        Limit{"first_distance", &ProdigyAdaptation::first_distance, Range::positive},
                                        Limit{"coefficient", &ProdigyAdaptation::coefficient, Range::positive},
                                        Limit{"weight_decay", &ProdigyAdaptation::weight_decay, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool every_leaf = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{"first"}, {"second"}, {"sum"}, {.name = "start", .from_parameter = true}};
  static constexpr Name emits[]{"g (p - p_0)", "abs(s)"};
  static constexpr Name kept[]{"n <- b n + d / first_distance k total(g (p - p_0))",
                               "d <- max(d, coefficient n / total(abs(s)))"};
  static constexpr Name scalars[]{
      "beta1", "(1 - beta1) d", "beta2", "(1 - beta2) d^2", "b", "d / first_distance k", "d epsilon",
      "k",     "weight_decay k"};

  constexpr std::array<double, 2> bases() const { return {beta1, beta2}; }
  constexpr std::array<double, 2> start() const { return {0, first_distance}; }
  constexpr std::array<double, 9> at(const Step& step) const {
    const double d = step.before[3], k = gain(step, step.rate);
    return {beta1, (1 - beta1) * d, beta2, (1 - beta2) * d * d, square_root(beta2), d / first_distance * k, d * epsilon,
            k,     weight_decay * k};
  }
  constexpr std::array<double, 2> next(const Step& step, const Sums& sum) const {
    const double d = step.before[3], estimate = coefficient * numerator(step, sum);
    return {numerator(step, sum), sum[1] > 0 && estimate / sum[1] > d ? estimate / sum[1] : d};
  }

  static constexpr void apply(Record& r, Lane& first, Lane& second, Lane& sum, Lane& start, Lane beta1, Lane gain1,
                              Lane beta2, Lane gain2, Lane b, Lane gain, Lane epsilon, Lane k, Lane decay) {
    first = beta1 * first + gain1 * r.gradient;
    second = beta2 * second + gain2 * r.gradient * r.gradient;
    sum = b * sum + gain * r.gradient;
    r.emitted[0] = {r.gradient, r.parameter - start};
    r.emitted[1] = {abs(sum), sum.number(1)};
    r.update = k * (first / (sqrt(second) + epsilon)) - decay * r.parameter;
  }

  constexpr double counted_rate(const Step& step) const { return gain(step, 1); }

 private:
  static constexpr double gain(const Step& step, double rate) { return DistanceAdaptation::gain(step, rate); }
  constexpr double numerator(const Step& step, const Sums& sum) const {
    return opaque(square_root(beta2) * step.before[2]) +
           opaque(step.before[3] / first_distance * gain(step, step.rate) * sum[0]);
  }
};

}  // namespace gradus
