// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

#include <cmath>

namespace gradus {

/// Nesterov's look-ahead over a corrected average, with a factor that grows from half its value: NAdam's first moment.
///
///     v <- factor v + (1 - factor) u
///     m_t = factor (1 - 0.96^(t decay) / 2),   P_t = m_1 m_2 ... m_t
///     u <- (1 - m_t) / (1 - P_t) u + m_(t+1) / (1 - P_(t+1)) v
///
/// Slots   velocity, 0 at first; the product P per leaf. t counts the leaf's steps.
/// Order   behind clips and coupled weight decay.
/// Cost    reads and writes one slot; one `std::pow` a step, whose last bits are the C library's.
/// Errors  `Refused` unless factor lies in [0, 1) and decay is at least 0. An infinite decay keeps the factor constant.
/// Source  Dozat (2016); `torch.optim.NAdam` since 2.0. PyTorch 1.13 counted m_t twice in the second denominator; optax
///         has no schedule, as with an infinite decay.
struct ScheduledMomentum {
  double factor = 0.9;
  double decay = 0.004;

  static constexpr auto limits = Limits{Limit{"factor", &ScheduledMomentum::factor, Range::unit},
                                        Limit{"decay", &ScheduledMomentum::decay, Range::from_zero}};
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name kept[]{"P_t <- m_t P_(t-1)"};
  static constexpr Name scalars[]{"factor", "1 - factor", "(1 - m_t) / (1 - P_t)", "m_(t+1) / (1 - P_(t+1))"};

  std::array<double, 1> bases() const { return {std::pow(0.96, decay)}; }
  constexpr std::array<double, 1> start() const { return {1}; }
  constexpr std::array<double, 1> late(double) const { return {0}; }
  std::array<double, 1> next(const Step& step) const { return {step.before[1] * factor_at(step.now[0])}; }
  std::array<double, 4> at(const Step& step) const {
    const double now = factor_at(step.now[0]), next = factor_at(step.now[0] * bases()[0]), product = step.now[1];
    return {factor, 1 - factor, (1 - now) / (1 - product), next / (1 - opaque(product * next))};
  }

  static constexpr void apply(Record& r, Lane& velocity, Lane factor, Lane gain, Lane direct, Lane ahead) {
    velocity = factor * velocity + gain * r.update;
    r.update = direct * r.update + ahead * velocity;
  }

 private:
  double factor_at(double power) const { return factor * (1 - power / 2); }
};

}  // namespace gradus
