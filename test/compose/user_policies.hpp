// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <array>
#include <limits>

// Policies as a user writes them, outside the library.
namespace user {

/// Lion (Chen et al., 2023): the sign of a look-ahead, over one slot.
struct Lion {
  double look = 0.9;
  double keep = 0.99;

  static constexpr gradus::Slot slots[]{{"average"}};
  static constexpr gradus::Name scalars[]{"look", "1 - look", "keep", "1 - keep"};

  constexpr std::array<double, 4> at(const gradus::Step&) const { return {look, 1 - look, keep, 1 - keep}; }

  static constexpr void apply(gradus::Record& r, gradus::Lane& average, gradus::Lane look, gradus::Lane look_gain,
                              gradus::Lane keep, gradus::Lane keep_gain) {
    r.update = sign(look * average + look_gain * r.gradient);
    average = keep * average + keep_gain * r.gradient;
  }
};

/// Keeps the parameter between two bounds: acts behind p + u, since the bound is not exact as an increment.
struct Box {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  static constexpr gradus::Name scalars[]{"low", "high"};

  constexpr std::array<double, 2> at(const gradus::Step&) const { return {low, high}; }

  static constexpr void after(gradus::Record& r, gradus::Lane low, gradus::Lane high) {
    r.parameter = clamp(r.parameter, low, high);
  }
};

/// The mean of all parameters so far: a slot that changes behind p + u.
struct Mean {
  static constexpr gradus::Slot slots[]{{"mean"}};
  static constexpr gradus::Name scalars[]{"1 / t"};

  constexpr std::array<double, 1> at(const gradus::Step& step) const { return {1 / static_cast<double>(step.count)}; }

  static constexpr void after(gradus::Record& r, gradus::Lane& mean, gradus::Lane share) {
    mean = mean + share * (r.parameter - mean);
  }
};

}  // namespace user
