// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Heavy-ball momentum: the update is a decaying sum of what came before.
///
///     v <- factor v + (1 - dampening) u
///     u <- v
///
/// Slots   velocity, 0 at first.
/// Order   behind clips and coupled weight decay. Behind a `LearningRate` it sums steps instead of gradients, which
///         differs once the rate changes.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless factor and dampening lie in [0, 1).
/// Source  Polyak (1964); `optax.trace`.
struct Momentum {
  double factor = 0.9;   ///< share of the velocity that a step keeps, in [0, 1)
  double dampening = 0;  ///< share of the new update that is left out, in [0, 1)

  static constexpr auto limits =
      Limits{Limit{"factor", &Momentum::factor, Range::unit}, Limit{"dampening", &Momentum::dampening, Range::unit}};
  static constexpr bool momentum = true;
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"factor", "1 - dampening"};

  constexpr std::array<double, 2> at(const Step&) const { return {factor, 1 - dampening}; }

  static constexpr void apply(Record& r, Lane& velocity, Lane factor, Lane gain) {
    velocity = factor * velocity + gain * r.update;
    r.update = velocity;
  }
};

/// `Momentum` as PyTorch's SGD starts it: the first step of a leaf is not dampened.
///
///     v <- u in the leaf's first step, then factor v + (1 - dampening) u
///     u <- v
///
/// Slots, order, cost and errors as `Momentum`, from which it differs only where dampening is not 0.
/// Source  `torch.optim.SGD`.
struct TorchMomentum {
  double factor = 0.9;
  double dampening = 0;

  static constexpr auto limits = Limits{Limit{"factor", &TorchMomentum::factor, Range::unit},
                                        Limit{"dampening", &TorchMomentum::dampening, Range::unit}};
  static constexpr bool momentum = true;
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"factor", "t == 1 ? 1 : 1 - dampening"};

  // Declared so that a leaf's clock is saved with its state: the first step is the leaf's, not the run's.
  constexpr std::array<double, 1> bases() const { return {factor}; }
  constexpr std::array<double, 2> at(const Step& step) const { return {factor, step.leaf == 1 ? 1 : 1 - dampening}; }
  static constexpr void apply(Record& r, Lane& velocity, Lane factor, Lane gain) {
    Momentum::apply(r, velocity, factor, gain);
  }
};

/// Momentum as an exponential moving average.
///
///     v <- factor v + (1 - factor) u
///     u <- v
///
/// Slots, order and cost as `Momentum`; equals it with dampening = factor. The first steps are small, as if averaged
/// with zeros; `CorrectedMomentum` makes up for that.
/// Errors  `Refused` unless factor lies in [0, 1).
/// Source  `optax.ema(debias=False)`.
struct AveragedMomentum {
  double factor = 0.9;

  static constexpr auto limits = Limits{Limit{"factor", &AveragedMomentum::factor, Range::unit}};
  static constexpr bool momentum = true;
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"factor", "1 - factor"};

  constexpr std::array<double, 2> at(const Step&) const { return {factor, 1 - factor}; }
  static constexpr void apply(Record& r, Lane& velocity, Lane factor, Lane gain) {
    Momentum::apply(r, velocity, factor, gain);
  }
};

/// `AveragedMomentum` with its bias corrected: the mean of the updates so far, weighted by age. Adam's first moment.
///
///     v <- factor v + (1 - factor) u
///     u <- v / (1 - factor^t)
///
/// Slots, order, cost and errors as `AveragedMomentum`. t counts the leaf's steps.
/// Source  Kingma and Ba (2015).
struct CorrectedMomentum {
  double factor = 0.9;

  static constexpr auto limits = Limits{Limit{"factor", &CorrectedMomentum::factor, Range::unit}};
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"factor", "1 - factor", "1 / (1 - factor^t)"};

  constexpr std::array<double, 1> bases() const { return {factor}; }
  constexpr std::array<double, 3> at(const Step& step) const { return {factor, 1 - factor, 1 / (1 - step.now[0])}; }

  static constexpr void apply(Record& r, Lane& velocity, Lane factor, Lane gain, Lane correction) {
    velocity = factor * velocity + gain * r.update;
    r.update = scaled(velocity, correction);
  }
};

}  // namespace gradus
