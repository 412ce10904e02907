// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/number.hpp>
#include <gradus/core/tensor.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace gradus::detail {

/// A numeric derivative, and how far off rounding may put it.
struct Slope {
  double value = 0, unsure = 0;

  double error(double given) const {
    if (!is_finite(given) || !is_finite(value) || !is_finite(unsure)) return std::numeric_limits<double>::infinity();
    const double off = std::abs(given - value) - unsure, larger = std::max(std::abs(given), std::abs(value));
    return off > 0 ? off / larger : 0;
  }
};

/// Moves one element, or one part of a complex one, for as long as it lives.
template <class X>
class Nudge {
  using T = element_t<X>;
  using Real = arithmetic_t<T>;

 public:
  Nudge(X& tensor, std::size_t index, std::size_t part) : tensor_(tensor), index_(index), part_(part) {
    gradus::read_elements(tensor_, gradus::order_of(tensor_), index_, 1, &kept_);
  }
  Nudge(const Nudge&) = delete;
  Nudge& operator=(const Nudge&) = delete;
  ~Nudge() { gradus::write_elements(tensor_, gradus::order_of(tensor_), index_, 1, &kept_); }

  Real kept() const { return as_reals(&kept_)[part_]; }
  void set(Real x) {
    T moved = kept_;
    as_reals(&moved)[part_] = x;
    gradus::write_elements(tensor_, gradus::order_of(tensor_), index_, 1, &moved);
  }

 private:
  X& tensor_;
  std::size_t index_, part_;
  T kept_{};
};

/// The slope of a value along one real number of the parameters, by central differences.
template <class X, class Value>
class Difference {
  using Real = arithmetic_t<element_t<X>>;
  static constexpr double epsilon = static_cast<double>(std::numeric_limits<Real>::epsilon());

 public:
  /// A step's share of the number that moves: the root of epsilon at which rounding and curvature weigh alike.
  static double share() { return std::cbrt(epsilon); }

  /// `here` is the value where the parameters are, `precision` its epsilon.
  Difference(Nudge<X>& nudge, const Value& value, double here, double precision)
      : nudge_(nudge), value_(value), here_(here), precision_(precision) {}

  /// The slope by which to judge a given one: over a step as large as a share of 1 or of x; where that disagrees, over
  /// a share of x itself, in case the function bends on that scale, or one extrapolated from half the step.
  Slope near(double given, double tolerance) const {
    const double here = std::abs(x()), scale = std::max(1.0, here);
    const Slope whole = over(scale, share());
    if (whole.error(given) <= tolerance) return whole;
    if (here > 0 && here < scale)
      if (const Slope small = over(here, share()); small.unsure <= 10 * tolerance * std::abs(small.value)) return small;
    const Slope half = over(scale, share() / 2);
    const Slope finer{(4 * half.value - whole.value) / 3, 2 * half.unsure + std::abs(half.value - whole.value)};
    return finer.error(given) < whole.error(given) ? finer : whole;
  }

 private:
  double x() const { return static_cast<double>(nudge_.kept()); }

  // By steps of a share of the scale on which x is taken to be rounded.
  Slope over(double scale, double share) const {
    const Real step = static_cast<Real>(share * scale), above = nudge_.kept() + step, below = nudge_.kept() - step;
    const double up = at(above), down = at(below), width = static_cast<double>(above) - static_cast<double>(below);
    // Rounding of the value, and of x, by which the gradient turns as much as the value bends.
    const double of_value = precision_ * std::max(std::abs(up), std::abs(down));
    const double bend = std::abs(up + down - 2 * here_) * 4 / width;
    return {(up - down) / width, 64 * (of_value + epsilon * scale * bend) / width};
  }

  double at(Real x) const {
    nudge_.set(x);
    return value_();
  }

  Nudge<X>& nudge_;
  const Value& value_;
  double here_, precision_;
};

}  // namespace gradus::detail
