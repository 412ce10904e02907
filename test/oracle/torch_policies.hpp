// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/average.hpp>
#include <gradus/policy/scheduled_momentum.hpp>

#include <array>
#include <cmath>

// What PyTorch 1.13.1 computed and later releases fixed: written as a user writes policies, outside the library.
namespace oracle {

/// NAdam's momentum with m_t counted twice in the second denominator: 1 - P_t m_t m_(t+1). The product is a tensor of
/// PyTorch's default type.
template <class Product = double>
struct TwiceCounted {
  double factor = 0.9;
  double decay = 0.004;

  static constexpr gradus::Slot slots[]{{"velocity"}};
  static constexpr gradus::Name kept[]{"product"};
  static constexpr gradus::Name scalars[]{"factor", "1 - factor", "direct", "ahead"};

  static Product narrow(double x) { return static_cast<Product>(x); }
  std::array<double, 1> start() const { return {1}; }
  std::array<double, 1> next(const gradus::Step& step) const {
    return {narrow(step.before[0]) * narrow(at_step(step.leaf))};
  }
  std::array<double, 4> at(const gradus::Step& step) const {
    const double now = at_step(step.leaf), ahead = at_step(step.leaf + 1);
    const Product product = narrow(step.now[0]);
    const Product twice = product * narrow(now) * narrow(ahead);
    return {factor, 1 - factor, (1 - now) / (1 - static_cast<double>(product)),
            ahead / (1 - static_cast<double>(twice))};
  }
  double at_step(std::int64_t t) const { return factor * (1 - 0.5 * std::pow(0.96, static_cast<double>(t) * decay)); }

  static constexpr auto apply = gradus::ScheduledMomentum::apply;
};

/// ASGD's average with its share rounded to float, as PyTorch has it under its default type.
struct FloatShare : gradus::TailAverage {
  std::array<double, 1> at(const gradus::Step& step) const {
    return {static_cast<double>(static_cast<float>(TailAverage::at(step)[0]))};
  }
};

}  // namespace oracle
