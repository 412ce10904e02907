// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

// The header must not define any switch of another library.
#if defined(XTENSOR_USE_XSIMD) || defined(XTENSOR_USE_TBB) || defined(XTENSOR_USE_OPENMP) || \
    defined(XTENSOR_ENABLE_ASSERT) || defined(BOOST_HANA_CONFIG_ENABLE_STRING_UDL)
#define SWITCHED_BY_GRADUS
#endif

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace {

// The gradient of -|x|^2 / 2.
auto gradient(const xt::xarray<double>& theta) { return -theta; }

// The first page's recurrence for one element, written without the library.
double by_hand(double theta) {
  double velocity = 0, square = 0, decay = 1;
  for (int t = 1; t <= 1000; ++t, decay *= 0.9995) {
    const double g = std::fmin(std::fmax(-theta, -1.0), 1.0);
    velocity = 0.9 * velocity + g;
    square = 0.999 * square + 0.001 * g * g;
    const double ahead = g + 0.9 * velocity;
    theta += ahead / (std::sqrt(square) + 1e-8) * 0.01 * std::fmin(1.0, t / 100.0) * decay;
  }
  return theta;
}

}  // namespace

TEST_SUITE_BEGIN("front door");

TEST_CASE("the example of the first page") {
  gradus::Optimizer optimizer{gradus::Clip{.value = 1.0},
                              gradus::Momentum{.factor = 0.9},
                              gradus::Nesterov{},
                              gradus::Adaptive{.beta = 0.999, .epsilon = 1e-8},
                              gradus::LearningRate{.rate = 0.01},
                              gradus::Warmup{.steps = 100},
                              gradus::Decay{.factor = 0.9995}};

  xt::xarray<double> theta{4.0, -2.0};
  auto state = optimizer.init(theta);
  for (int i = 0; i < 1000; ++i)
    optimizer.ascend(theta, gradient(theta), state);

  CHECK(state.step() == 1000);
  CHECK(std::abs(theta(0)) < 1e-3);
  CHECK(std::abs(theta(1)) < 1e-3);
  CHECK(std::abs(theta(0) - by_hand(4.0)) < 1e-12);
  CHECK(std::abs(theta(1) - by_hand(-2.0)) < 1e-12);
}

TEST_CASE("the type spells the same thing, with each policy's defaults") {
  using Spelled = gradus::Optimizer<gradus::Clip, gradus::Momentum, gradus::LearningRate>;
  static_assert(std::is_same_v<Spelled, decltype(gradus::Optimizer{gradus::Clip{}, gradus::Momentum{},
                                                                   gradus::LearningRate{}})>);
  CHECK(Spelled{}.get<gradus::Momentum>().factor == 0.9);
}

TEST_CASE("the header includes everything") {
  std::vector<double> theta{4, -2};
  const auto end = gradus::minimize(
      [](const std::vector<double>& at, std::vector<double>& slope) {
        slope = {2 * at[0], 2 * at[1]};
        return at[0] * at[0] + at[1] * at[1];
      },
      theta, gradus::recipe::adam(), {.steps = 3});
  CHECK(end.steps == 3);
  CHECK(theta[0] < 4);
  CHECK(theta[1] > -2);
}

TEST_CASE("the header defines no switch of another library") {
#if defined(SWITCHED_BY_GRADUS)
  FAIL_CHECK("a macro of xtensor or Boost is defined");
#endif
}

TEST_SUITE_END();
