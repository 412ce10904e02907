// SPDX-License-Identifier: MIT
#include <gradus/schedule/differentiated.hpp>

#include <gradus/optimizer.hpp>

#include "support/dual.hpp"

#include <doctest/doctest.h>
#include <boost/math/differentiation/autodiff.hpp>

#include <cmath>
#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace gradus;

/// Boost's own dual number.
using Variable = boost::math::differentiation::autodiff_v1::detail::fvar<double, 1>;

template <>
struct gradus::number_traits<Variable> {
  static double value(const Variable& x) { return static_cast<double>(x); }
  static Variable unit() { return boost::math::differentiation::make_fvar<double, 1>(0.0); }
};

TEST_SUITE_BEGIN("differentiated");

namespace {

using Perturbed = std::complex<double>;

// An objective's gradient, curved so that a step depends on all earlier ones.
template <class T>
T slope(T x) {
  using std::sin;
  return T(2) * x - sin(x);
}

/// The derivative of `recurrence(h)`, which is written by hand over complex numbers, at a double: Im(f(h + i d)) / d,
/// in which nothing is subtracted.
template <class F>
double by_complex_step(F recurrence, double h) {
  const double d = 1e-150;
  return recurrence(Perturbed(h, d)).imag() / d;
}

/// The result of 30 steps with duals.
template <class T = Dual, class Optimizer>
T by_steps(const Optimizer& optimizer, double start = 1.5) {
  std::vector<T> x{T(start)}, gradient(1);
  auto state = optimizer.init(x);
  for (int t = 0; t < 30; ++t) {
    gradient[0] = slope(x[0]);
    optimizer.descend(x, gradient, state);
  }
  return x[0];
}

// Digits lost by cancellation in scalars are lost to the derivative as well: of 1 - beta^t, if beta is close to 1.
template <class Optimizer, class F>
void agree(const Optimizer& optimizer, F recurrence, double h, double tolerance = 1e-11) {
  const Dual x = by_steps(optimizer);
  CHECK(x.value == doctest::Approx(recurrence(Perturbed(h)).real()).epsilon(1e-13));
  CHECK(x.derivative == doctest::Approx(by_complex_step(recurrence, h)).epsilon(tolerance));
}

Perturbed momentum(Perturbed rate, Perturbed factor, Perturbed dampening, Perturbed decay) {
  Perturbed x = 1.5, v = 0, power = 1;
  for (int t = 0; t < 30; ++t) {
    v = factor * v + (1.0 - dampening) * slope(x);
    x -= rate * power * v;
    power *= decay;
  }
  return x;
}

Perturbed adam(Perturbed rate, Perturbed first, Perturbed second, Perturbed epsilon, Perturbed weight) {
  Perturbed x = 1.5, m = 0, s = 0, first_power = 1, second_power = 1;
  for (int t = 0; t < 30; ++t) {
    const Perturbed g = slope(x);
    first_power *= first, second_power *= second;
    m = first * m + (1.0 - first) * g;
    s = second * s + (1.0 - second) * g * g;
    x -= rate * (m / (1.0 - first_power) / (std::sqrt(s / (1.0 - second_power)) + epsilon) + weight * x);
  }
  return x;
}

}  // namespace

TEST_CASE("derivatives by rate, momentum and decay match the recurrence's complex-step derivatives") {
  agree(
      Optimizer{Momentum{0.8, 0.3}, Decay{0.97}, differentiated<&LearningRate::rate>(LearningRate{0.05})},
      [](Perturbed h) { return momentum(h, 0.8, 0.3, 0.97); }, 0.05);
  agree(
      Optimizer{differentiated<&Momentum::factor>(Momentum{0.8, 0.3}), Decay{0.97}, LearningRate{0.05}},
      [](Perturbed h) { return momentum(0.05, h, 0.3, 0.97); }, 0.8);
  agree(
      Optimizer{differentiated<&Momentum::dampening>(Momentum{0.8, 0.3}), Decay{0.97}, LearningRate{0.05}},
      [](Perturbed h) { return momentum(0.05, 0.8, h, 0.97); }, 0.3);
  agree(
      Optimizer{Momentum{0.8, 0.3}, differentiated<&Decay::factor>(Decay{0.97}), LearningRate{0.05}},
      [](Perturbed h) { return momentum(0.05, 0.8, 0.3, h); }, 0.97);
  agree(
      Optimizer{differentiated<&Momentum::dampening>(Momentum{0.8}), LearningRate{0.05}},
      [](Perturbed h) { return momentum(0.05, 0.8, h, 1); }, 0);
}

TEST_CASE("derivatives by all hyper-parameters of Adam, whose corrections are powers") {
  const LearningRate rate{0.1};
  const WeightDecay decay{0.01};
  agree(
      Optimizer{CorrectedMomentum{0.9}, CorrectedAdaptive{0.99, 1e-3}, decay,
                differentiated<&LearningRate::rate>(rate)},
      [](Perturbed h) { return adam(h, 0.9, 0.99, 1e-3, 0.01); }, 0.1);
  agree(
      Optimizer{differentiated<&CorrectedMomentum::factor>(), CorrectedAdaptive{0.99, 1e-3}, decay, rate},
      [](Perturbed h) { return adam(0.1, h, 0.99, 1e-3, 0.01); }, 0.9);
  agree(
      Optimizer{CorrectedMomentum{}, differentiated<&CorrectedAdaptive::beta>(CorrectedAdaptive{0.99, 1e-3}), decay,
                rate},
      [](Perturbed h) { return adam(0.1, 0.9, h, 1e-3, 0.01); }, 0.99);
  agree(
      Optimizer{CorrectedMomentum{}, differentiated<&CorrectedAdaptive::beta>(CorrectedAdaptive{0.999, 1e-3}), decay,
                rate},
      [](Perturbed h) { return adam(0.1, 0.9, h, 1e-3, 0.01); }, 0.999, 1e-9);
  agree(
      Optimizer{CorrectedMomentum{}, differentiated<&CorrectedAdaptive::epsilon>(CorrectedAdaptive{0.99, 1e-3}), decay,
                rate},
      [](Perturbed h) { return adam(0.1, 0.9, 0.99, h, 0.01); }, 1e-3);
  agree(
      Optimizer{CorrectedMomentum{}, CorrectedAdaptive{0.99, 1e-3}, differentiated<&WeightDecay::rate>(decay), rate},
      [](Perturbed h) { return adam(0.1, 0.9, 0.99, 1e-3, h); }, 0.01);
}

TEST_CASE("the derivative by a hyper-parameter of a policy behind apply") {
  // Pulls x towards 0 by its strength in every step, if x is further away than that.
  const auto recurrence = [](Perturbed strength) {
    Perturbed x = 1.5;
    for (int t = 0; t < 30; ++t) {
      x -= 0.05 * slope(x);
      x -= 0.05 * strength * (x.real() > 0 ? 1.0 : -1.0);
    }
    return x;
  };
  agree(Optimizer{LearningRate{0.05}, differentiated<&SoftThreshold::l1>(SoftThreshold{.l1 = 0.002})}, recurrence,
        0.002);
}

TEST_CASE("Boost's dual numbers give the same derivatives") {
  const auto optimizer = [] {
    return Optimizer{differentiated<&CorrectedMomentum::factor>(), CorrectedAdaptive{0.99, 1e-3}, LearningRate{0.1}};
  }();
  const Dual mine = by_steps(optimizer);
  const Variable theirs = by_steps<Variable>(optimizer);
  CHECK(theirs.derivative(0) == doctest::Approx(mine.value).epsilon(1e-14));
  CHECK(theirs.derivative(1) == doctest::Approx(mine.derivative).epsilon(1e-12));
}

TEST_CASE("derivatives at the edge of a range are taken from one side") {
  const auto decayed = [](Perturbed h) {
    Perturbed x = 1.5, power = 1;
    for (int t = 0; t < 30; ++t, power *= h) x -= 0.05 * power * slope(x);
    return x;
  };
  agree(Optimizer{LearningRate{0.05}, differentiated<&Decay::factor>(Decay{1})}, decayed, 1, 1e-7);
  const auto settled = [](Perturbed h) {
    Perturbed x = 1.5;
    for (int t = 0; t < 30; ++t) x -= 0.05 / (1.0 + h * static_cast<double>(t)) * slope(x);
    return x;
  };
  agree(Optimizer{LearningRate{0.05}, differentiated<&InverseTime::rate>()}, settled, 0, 1e-7);
  const Dual unlimited = by_steps(Optimizer{differentiated<&Clip::value>(Clip{INFINITY}), LearningRate{0.05}});
  CHECK(unlimited.derivative == 0);
  CHECK(unlimited.value == doctest::Approx(by_steps<double>(Optimizer{LearningRate{0.05}})).epsilon(1e-14));
}

TEST_CASE("a long run in plain doubles matches the undifferentiated policies") {
  double with = 1, without = 1;
  const Optimizer differing{LearningRate{1e-6}, differentiated<&Decay::factor>(Decay{1}),
                            differentiated<&InverseTime::rate>()};
  const Optimizer plain{LearningRate{1e-6}, Decay{1}, InverseTime{}};
  auto state = differing.init(with), other = plain.init(without);
  for (int t = 0; t < 20000; ++t) differing.descend(with, with, state), plain.descend(without, without, other);
  CHECK(with == doctest::Approx(without).epsilon(1e-14));
}

TEST_CASE("the rate in force includes differentiated factors, whose powers count the run's steps") {
  // The threshold is rate times l1; one leaf misses the first step.
  std::vector<std::vector<double>> x{{1}, {1}};
  auto y = x;
  const Optimizer differing{differentiated<&LearningRate::rate>(LearningRate{0.5}),
                            differentiated<&Decay::factor>(Decay{0.5}), SoftThreshold{.l1 = 0.5}};
  const Optimizer plain{LearningRate{0.5}, Decay{0.5}, SoftThreshold{.l1 = 0.5}};
  auto state = differing.init(x);
  auto other = plain.init(y);
  for (int t = 0; t < 3; ++t) {
    std::vector<std::optional<std::vector<double>>> gradient{std::vector{0.25}, std::nullopt};
    if (t != 0) gradient[1] = std::vector{0.75};
    differing.ascend(x, gradient, state);
    plain.ascend(y, gradient, other);
  }
  CHECK(x == y);
}

TEST_CASE("element types without a derivative are stepped as if undifferentiated") {
  const double with = by_steps<double>(Optimizer{differentiated<&Momentum::factor>(Momentum{0.8}), LearningRate{0.05}});
  CHECK(with == by_steps<double>(Optimizer{Momentum{0.8}, LearningRate{0.05}}));
}

TEST_CASE("a hyper-parameter can change between steps, and its derivative continues") {
  Optimizer optimizer{differentiated<&LearningRate::rate>(LearningRate{0.5})};
  Dual x = 1;
  auto state = optimizer.init(x);
  optimizer.ascend(x, Dual(2), state);  // x = 1 + 2 h
  optimizer.get<Differentiated<&LearningRate::rate, LearningRate>>().rate = 0.25;
  optimizer.ascend(x, x, state);  // (1 + 2 h) (1 + k), by h and k together
  CHECK(x.value == doctest::Approx(2.5).epsilon(1e-15));
  CHECK(x.derivative == doctest::Approx(2 * 1.25 + 2).epsilon(1e-13));
}

TEST_CASE("with a schedule, the derivative is by a common shift of all its values") {
  const auto recurrence = [](Perturbed shift) {
    Perturbed x = 1.5;
    for (int t = 1; t <= 30; ++t) x -= (0.1 / t + shift) * slope(x);
    return x;
  };
  const auto schedule = [](std::int64_t t) { return 0.1 / static_cast<double>(t); };
  agree(Optimizer{differentiated<&LearningRate::rate>(follow<&LearningRate::rate>(schedule))}, recurrence, 0);
}

TEST_CASE("explain shows the added derivative") {
  const std::string text = explain(Optimizer{differentiated<&LearningRate::rate>(LearningRate{0.5})});
  CHECK(text.find("u <- u (rate + derivative unit)") != std::string::npos);
}

TEST_CASE("derivatives by the hyper-parameters of a policy with two powers") {
  const auto belief = [](Perturbed factor, Perturbed beta) {
    Perturbed x = 1.5, m = 0, s = 0, first_power = 1, second_power = 1;
    for (int t = 0; t < 30; ++t) {
      const Perturbed g = slope(x);
      first_power *= factor, second_power *= beta;
      m = factor * m + (1.0 - factor) * g;
      s = beta * s + (1.0 - beta) * (g - m) * (g - m) + 1e-8;
      x -= 0.1 * (m / (1.0 - first_power) / (std::sqrt(s / (1.0 - second_power)) + 1e-3));
    }
    return x;
  };
  const Belief policy{0.9, 0.99, 1e-8};
  agree(
      Optimizer{differentiated<&Belief::factor>(policy), DivideByRoot{1e-3}, LearningRate{0.1}},
      [&](Perturbed h) { return belief(h, 0.99); }, 0.9, 1e-9);
  agree(
      Optimizer{differentiated<&Belief::beta>(policy), DivideByRoot{1e-3}, LearningRate{0.1}},
      [&](Perturbed h) { return belief(0.9, h); }, 0.99, 1e-9);
}

TEST_SUITE_END();
