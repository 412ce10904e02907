// SPDX-License-Identifier: MIT
#pragma once

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace support {

struct Silent {
  void operator()(const gradus::Report&) const {}
};

/// Every policy there is. A new one must be added here and must obey the laws.
using AllPolicies =
    std::tuple<gradus::Clip, gradus::ClipNorm, gradus::Momentum, gradus::TorchMomentum, gradus::AveragedMomentum,
               gradus::CorrectedMomentum, gradus::AggregatedMomentum<3>, gradus::Nesterov, gradus::Adaptive,
               gradus::CorrectedAdaptive, gradus::LargestAdaptive, gradus::InfinityAdaptive, gradus::RectifiedAdaptive,
               gradus::TorchRectifiedAdaptive, gradus::SteadyAdaptive, gradus::AdaDelta, gradus::MeanSquare,
               gradus::CorrectedMeanSquare, gradus::SumOfSquares, gradus::Variance, gradus::Belief,
               gradus::PreviousBelief, gradus::PreviousMeanSquare, gradus::SignedSquare, gradus::NesterovMoments,
               gradus::LargestSquare, gradus::BlendSquare, gradus::EpsilonInRoot, gradus::DivideByRoot,
               gradus::DivideByLargerRoot, gradus::DivideBySquare, gradus::BoundedRate, gradus::ScheduledMomentum,
               gradus::InterpolatedMomentum, gradus::MixedMomentum, gradus::LookAheadMomentum, gradus::Blend,
               gradus::Optimistic, gradus::Sign, gradus::ClipLeafNorm, gradus::ClipLeafRms, gradus::Normalize,
               gradus::NormalizeLeaf, gradus::LeafAdaptive, gradus::TrustRatio, gradus::DistanceOverGradients,
               gradus::DistanceOverWeightedGradients, gradus::BarzilaiBorwein, gradus::DistanceAdaptation,
               gradus::ProdigyAdaptation, gradus::Mechanic<>, gradus::ScheduleFree, gradus::Lookahead,
               gradus::DivideByPower, gradus::DivideByRoots<3>, gradus::DualAveraging, gradus::PolyakStep,
               gradus::Accumulate, gradus::When<gradus::Momentum, gradus::Every>, gradus::Masked<gradus::Momentum>,
               gradus::Ball, gradus::Sphere, gradus::Simplex, gradus::L1Ball, gradus::ExponentiatedGradient,
               gradus::Tangent, gradus::Plateau, gradus::Resilient, gradus::CoinBetting, gradus::Box,
               gradus::SoftThreshold, gradus::TailAverage, gradus::MovingAverage, gradus::Settling, gradus::WeightDecay,
               gradus::LearningRate, gradus::Warmup, gradus::Decay, gradus::InverseTime, gradus::RefuseNonFinite,
               gradus::SkipNonFinite, gradus::Freeze<>, gradus::Log<Silent>, gradus::Noise, gradus::Langevin>;

/// The shortest optimizer that has the policy.
template <class P>
auto shortest() {
  if constexpr (gradus::BorrowingPolicy<P>) return gradus::Optimizer<gradus::Momentum, P>();
  else if constexpr (gradus::estimates_of<P> && !gradus::divides_of<P>)
    return gradus::Optimizer<P, gradus::DivideByRoot>();
  else if constexpr (gradus::refines_of<P>) return gradus::Optimizer<gradus::MeanSquare, P, gradus::DivideByRoot>();
  else if constexpr (gradus::divides_of<P> && !gradus::estimates_of<P>)
    return gradus::Optimizer<gradus::MeanSquare, P>();
  else return gradus::Optimizer<P>();
}

/// Whether it depends on the parameters alone: it moves them even without a gradient, but not zeros.
template <class P>
inline constexpr bool pulls = std::is_same_v<P, gradus::WeightDecay> || gradus::AfterPolicy<P>;

/// Whether it keeps a set of shares, which are never all zero and never negative.
template <class P>
inline constexpr bool shares = std::is_same_v<P, gradus::Simplex> || std::is_same_v<P, gradus::ExponentiatedGradient>;

/// The laws for every policy, for parameters of type T.
template <class P, class T>
class Laws {
 public:
  void all() const {
    if (!shares<P> && !gradus::DrawingPolicy<P>) nothing_comes_of_nothing();
    if (!one_sided) signs_are_symmetric();
    downhill_is_uphill_against_the_gradient();
    a_copy_continues();
    a_saved_run_continues();
    backends_agree();
  }

 private:
  // A box is not symmetric, and what is pulled to zero ends at +0.
  static constexpr bool one_sided = shares<P> || gradus::DrawingPolicy<P> || std::is_same_v<P, gradus::Box> ||
                                    std::is_same_v<P, gradus::SoftThreshold> || std::is_same_v<P, gradus::L1Ball>;
  static constexpr std::size_t size = 45;
  static constexpr std::uint64_t steps = 5;
  using Vector = std::vector<T>;

  static Vector negated(Vector x) {
    for (T& element : x) element = -element;
    return x;
  }

  static Vector magnitudes(Vector x) {
    for (T& element : x) element = std::abs(element);
    return x;
  }

  // The objective's value in a step, for policies that ask for it. It rises when the run ascends.
  static gradus::Value value(bool up, std::uint64_t step) {
    const double climbing = -8.0 / static_cast<double>(1 + step);
    return {up ? climbing : -climbing};
  }

  // The parameters after `steps` steps, with the gradients multiplied by `sign`.
  Vector climbed(Vector theta, T sign, bool up) const {
    auto state = optimizer.init(theta);
    for (std::uint64_t step = 0; step < steps; ++step) {
      Vector g = gradient<T>(size, step);
      for (T& element : g) element *= sign;
      if (up) optimizer.ascend(theta, g, state, value(up, step));
      else optimizer.descend(theta, g, state, value(up, step));
    }
    return theta;
  }

  void nothing_comes_of_nothing() const {
    Vector theta = pulls<P> ? Vector(size) : start;
    const Vector before = theta;
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, Vector(size), state, value(true, 0));
    optimizer.descend(theta, Vector(size), state, value(false, 0));
    CHECK(theta == before);
  }

  void signs_are_symmetric() const {
    CHECK(same_bits(climbed(negated(start), -1, true), negated(climbed(start, 1, true))));
  }

  void downhill_is_uphill_against_the_gradient() const {
    CHECK(same_bits(climbed(start, -1, false), climbed(start, 1, true)));
  }

  void a_copy_continues() const {
    Vector theta = start, other = start;
    auto state = optimizer.init(theta);
    for (std::uint64_t step = 0; step < steps; ++step) {
      auto copy = state;
      CHECK((copy == state));
      optimizer.ascend(theta, gradient<T>(size, step), state, value(true, step));
      optimizer.ascend(other, gradient<T>(size, step), copy, value(true, step));
      CHECK(same_bits(theta, other));
      CHECK((copy == state));
    }
  }

  // Saved by names before every step, and restored into a state that was made for other parameters.
  void a_saved_run_continues() const {
    Vector theta = start;
    auto state = optimizer.init(theta);
    for (std::uint64_t step = 0; step < steps; ++step) {
      std::map<std::string, std::vector<double>> saved;
      std::as_const(state).visit([&](std::string_view leaf, std::string_view slot, auto values) {
        saved[std::string(leaf) + "/" + std::string(slot)].assign(values.begin(), values.end());
      });
      auto restored = optimizer.init(start);
      restored.visit([&](std::string_view leaf, std::string_view slot, auto values) {
        const std::vector<double>& from = saved.at(std::string(leaf) + "/" + std::string(slot));
        std::ranges::transform(from, values.begin(),
                               [](double x) { return static_cast<typename decltype(values)::value_type>(x); });
      });
      CHECK((restored == state));
      Vector other = theta;
      optimizer.ascend(theta, gradient<T>(size, step), state, value(true, step));
      optimizer.ascend(other, gradient<T>(size, step), restored, value(true, step));
      CHECK(same_bits(theta, other));
      CHECK((restored == state));
    }
  }

  // Uphill only: each direction on each backend would have to be compiled for every policy.
  void backends_agree() const {
    Vector theta = start;
    auto state = optimizer.init(theta);
    for (std::uint64_t step = 0; step < steps; ++step)
      optimizer.ascend(theta, gradient<T>(size, step), state, value(true, step), gradus::backend::Serial{});
    CHECK(same_bits(theta, climbed(start, 1, true)));
  }

  decltype(shortest<P>()) optimizer = shortest<P>();
  Vector start = shares<P> ? magnitudes(parameters<T>(size)) : parameters<T>(size);
};

}  // namespace support
