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

/// Keeps the parameter between two bounds. It acts behind p + u, since no increment reaches a bound exactly.
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

/// The L1 proximal step (ISTA), whose threshold follows the rate in force.
struct Lasso {
  double weight = 1;

  static constexpr gradus::Name scalars[]{"weight rate"};

  constexpr std::array<double, 1> at(const gradus::Step& step) const { return {weight * step.rate}; }

  static constexpr void after(gradus::Record& r, gradus::Lane threshold) {
    r.parameter = sign(r.parameter) * max(abs(r.parameter) - threshold, r.parameter.number(0));
  }
};

/// Pulls back to where the run started.
struct Tether {
  double rate = 0.5;

  static constexpr gradus::Slot slots[]{{.name = "start", .from_parameter = true}};
  static constexpr gradus::Name scalars[]{"rate"};

  constexpr std::array<double, 1> at(const gradus::Step&) const { return {rate}; }

  static constexpr void apply(gradus::Record& r, gradus::Lane& start, gradus::Lane rate) {
    r.update = r.update - rate * (r.parameter - start);
  }
};

/// Limits the norm to a multiple of its running mean, which is kept per run (as in ZClip and AutoClip).
struct ClipSpike {
  double times = 2;
  double beta = 0.5;

  static constexpr auto writes = gradus::Writes::received;
  static constexpr bool per_run = true;
  static constexpr gradus::Name kept[]{"mean"};
  static constexpr gradus::Name scalars[]{"min(1, times mean / N)"};

  constexpr double norm_order() const { return 2; }
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const gradus::Step& step, const gradus::Norm& norm) const {
    return {step.count == 1 ? norm.value() : beta * step.before[0] + (1 - beta) * limited(step, norm)};
  }
  constexpr std::array<double, 1> at(const gradus::Step& step, const gradus::Norm& norm) const {
    return {step.count == 1 ? 1 : limited(step, norm) / norm.value()};
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane factor) { r.update = r.update * factor; }

 private:
  constexpr double limited(const gradus::Step& step, const gradus::Norm& norm) const {
    return norm.value() > times * step.before[0] ? times * step.before[0] : norm.value();
  }
};

/// Weights each step of a leaf by its rate's share in the sum of all the leaf's rates so far.
struct Share {
  static constexpr gradus::Name kept[]{"sum"};
  static constexpr gradus::Name scalars[]{"rate / sum"};

  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const gradus::Step& step) const { return {step.before[0] + step.rate}; }
  constexpr std::array<double, 1> at(const gradus::Step& step) const { return {step.rate / step.now[0]}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane share) { r.update = r.update * share; }
};

}  // namespace user
