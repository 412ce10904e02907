// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/optimizer.hpp>

#include <algorithm>
#include <array>
#include <cmath>

// What optax does and the library does not, as a user would write it; docs/dialects.md gives the reasons.

namespace oracle {

/// CorrectedMomentum that starts at a number: optax's Yogi starts both moments with the same value. The record ascends,
/// so the number has the opposite sign.
struct StartedMomentum {
  double factor = 0.9;
  double initial = 1e-6;

  static constexpr gradus::Slot slots[]{{"velocity"}};
  static constexpr gradus::Name scalars[]{"factor", "1 - factor", "1 / (1 - factor^t)"};

  constexpr std::array<double, 1> first() const { return {-initial}; }
  constexpr std::array<double, 1> bases() const { return {factor}; }
  constexpr std::array<double, 3> at(const gradus::Step& step) const {
    return {factor, 1 - factor, 1 / (1 - step.now[0])};
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane& velocity, gradus::Lane factor, gradus::Lane gain,
                              gradus::Lane correction) {
    gradus::CorrectedMomentum::apply(r, velocity, factor, gain, correction);
  }
};

/// optax's scale_by_param_block_norm: a leaf's update times the leaf's norm, at least some number.
struct BlockNorm {
  double smallest = 1e-3;

  static constexpr bool per_leaf = true;
  static constexpr gradus::Name sums[]{"p^2", "1"};
  static constexpr gradus::Name scalars[]{"max(|p|, smallest)"};

  std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const {
    return {std::max(std::sqrt(sum[0]), smallest)};
  }
  static constexpr std::array<gradus::Term, 2> terms(const gradus::Record& r) {
    const gradus::Lane one = r.parameter.number(1);
    return {{{r.parameter, r.parameter}, {one, one}}};
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane scale) { r.update = r.update * scale; }
};

/// optax's scale_by_param_block_rms: the same by its root mean square.
struct BlockRms : BlockNorm {
  std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const {
    return {std::max(std::sqrt(sum[0] / sum[1]), smallest)};
  }
};

/// Optax's Rprop: every step is taken one step late, and its sign is compared instead of the gradient's.
struct LateResilient {
  double first_length = 0.01, shrink = 0.5, grow = 1.2, shortest = 1e-6, longest = 50;

  static constexpr gradus::Slot slots[]{{"length"}, {"previous"}};
  static constexpr gradus::Name scalars[]{"shrink", "grow", "shortest", "longest"};

  constexpr std::array<double, 2> first() const { return {first_length, 0}; }
  constexpr std::array<double, 4> at(const gradus::Step&) const { return {shrink, grow, shortest, longest}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane& length, gradus::Lane& previous, gradus::Lane shrink,
                              gradus::Lane grow, gradus::Lane shortest, gradus::Lane longest) {
    const gradus::Lane same = r.gradient * previous, zero = same.number(0);
    const gradus::Lane next = clamp(select(same > 0, grow, shrink) * length, shortest, longest);
    length = select(same == 0, length, next);
    r.update = select(same < zero, zero, previous);
    previous = select(same < zero, zero, length * sign(r.gradient));
  }
};

}  // namespace oracle
