// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

namespace gradus {

/// A rate derived from the distance covered so far: none to choose.
///
///     r <- max(r, |p - p_0|),   G <- G + |u|^2        norms over all leaves; r at first: first (1 + |p_0|)
///     u <- u r / sqrt(G + epsilon)
///
/// Slots   start, the parameter at first; r and G are the run's.
/// Order   behind what changes the gradient; a factor behind it scales its rate, one in front cancels and does not
///         compile.
/// Cost    one read-only pass over gradient, parameter and start before the one that writes, which reads no slot.
/// Errors  `Refused` unless first is finite and above 0 and epsilon is finite and at least 0.
/// Source  Ivgi, Hinder and Carmon (2023), DoG; `optax.contrib.dog`.
struct DistanceOverGradients {
  double first = 1e-6;    ///< the first distance as a share of the parameters' norm
  double epsilon = 1e-8;  ///< added to the sum

  static constexpr auto limits = Limits{Limit{"first", &DistanceOverGradients::first, Range::positive},
                                        Limit{"epsilon", &DistanceOverGradients::epsilon, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{.name = "start", .from_parameter = true}};
  static constexpr Name sums[]{"(p - p_0)^2", "u^2", "p^2"};
  static constexpr Name kept[]{"r <- max(r, norm(p - p_0))", "G <- G + norm(u)^2"};
  static constexpr Name scalars[]{"r / sqrt(G + epsilon)"};

  constexpr std::array<double, 2> start() const { return {0, 0}; }
  constexpr std::array<double, 2> next(const Step& step, const Sums& sum) const {
    const double least = step.count == 1 ? first * (1 + square_root(sum[2])) : step.before[0];
    const double distance = square_root(sum[0]);
    return {distance > least ? distance : least, step.before[1] + sum[1]};
  }
  constexpr std::array<double, 1> at(const Step& step, const Sums&) const { return {counted_rate(step)}; }
  constexpr double counted_rate(const Step& step) const {
    const double root = square_root(step.now[1] + epsilon);
    return root == 0 ? 0 : step.now[0] / root;
  }

  static constexpr std::array<Term, 3> terms(const Record& r, Lane start) {
    const Lane gone = r.parameter - start;
    return {{{gone, gone}, {r.update, r.update}, {r.parameter, r.parameter}}};
  }
  static constexpr void apply(Record& r, Lane&, Lane rate) { r.update = r.update * rate; }
};

/// `DistanceOverGradients` with each gradient weighted by the distance it was taken at.
///
///     r <- max(r, |p - p_0|^2),   G <- G + r |u|^2     norms over all leaves; r at first: first
///     u <- u r / (sqrt(G) + epsilon)
///
/// Slots, order and cost as `DistanceOverGradients`.
/// Errors  `Refused` unless first is finite and above 0 and epsilon is finite and at least 0.
/// Source  Khaled, Mishchenko and Jin (2023), DoWG; `optax.contrib.dowg`.
struct DistanceOverWeightedGradients {
  double first = 1e-4;    ///< the first squared distance
  double epsilon = 1e-4;  ///< added to the root

  static constexpr auto limits = Limits{Limit{"first", &DistanceOverWeightedGradients::first, Range::positive},
                                        Limit{"epsilon", &DistanceOverWeightedGradients::epsilon, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{.name = "start", .from_parameter = true}};
  static constexpr Name sums[]{"(p - p_0)^2", "u^2"};
  static constexpr Name kept[]{"r <- max(r, norm(p - p_0)^2)", "G <- G + r norm(u)^2"};
  static constexpr Name scalars[]{"r / (sqrt(G) + epsilon)"};

  constexpr std::array<double, 2> start() const { return {first, 0}; }
  constexpr std::array<double, 2> next(const Step& step, const Sums& sum) const {
    const double distance = sum[0] > step.before[0] ? sum[0] : step.before[0];
    return {distance, step.before[1] + opaque(distance * sum[1])};
  }
  constexpr std::array<double, 1> at(const Step& step, const Sums&) const { return {counted_rate(step)}; }
  constexpr double counted_rate(const Step& step) const {
    const double root = square_root(step.now[1]) + epsilon;
    return root == 0 ? 0 : step.now[0] / root;
  }

  static constexpr std::array<Term, 2> terms(const Record& r, Lane start) {
    const Lane gone = r.parameter - start;
    return {{{gone, gone}, {r.update, r.update}}};
  }
  static constexpr void apply(Record& r, Lane&, Lane rate) { r.update = r.update * rate; }
};

}  // namespace gradus
