// SPDX-License-Identifier: MIT
#include <gradus/drive/maximize.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Theta = std::vector<double>;

// -(x - 1)^2 - 2 (y + 3)^2: highest, 0, at (1, -3).
double parabola(const Theta& at, Theta& gradient) {
  gradient = {-2 * (at[0] - 1), -4 * (at[1] + 3)};
  return -(at[0] - 1) * (at[0] - 1) - 2 * (at[1] + 3) * (at[1] + 3);
}
double bowl(const Theta& at, Theta& gradient) {
  const double value = -parabola(at, gradient);
  for (double& g : gradient) g = -g;
  return value;
}

const gradus::Optimizer ascent{gradus::LearningRate{.rate = 0.1}};

}  // namespace

TEST_CASE("maximize ascends, minimize descends, and the result describes the final point") {
  for (const bool up : {true, false}) {
    Theta theta{4, 4}, gradient(2);
    const auto end = up ? gradus::maximize(parabola, theta, ascent, {.gradient_norm = 1e-9})
                        : gradus::minimize(bowl, theta, ascent, {.gradient_norm = 1e-9});
    CHECK(end.reason == gradus::Stop::gradient_norm);
    CHECK(end.gradient_norm < 1e-9);
    CHECK(std::abs(theta[0] - 1) < 1e-9);
    CHECK(std::abs(theta[1] + 3) < 1e-9);
    CHECK(end.value == (up ? parabola(theta, gradient) : bowl(theta, gradient)));
    CHECK(end.steps > 10);
  }
}

TEST_CASE("driving equals the loop that a user would write, bit for bit") {
  const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Adaptive{}, gradus::LearningRate{.rate = 0.01}};
  Theta driven{4, 4}, walked{4, 4}, gradient(2);
  auto state = optimizer.init(driven), by_hand = optimizer.init(walked);
  CHECK(gradus::maximize(parabola, driven, optimizer, state, {.steps = 25}).steps == 25);
  for (int i = 0; i < 25; ++i) {
    parabola(walked, gradient);
    optimizer.ascend(walked, gradient, by_hand);
  }
  CHECK(driven == walked);
  CHECK(state == by_hand);
}

TEST_CASE("each reason to stop") {
  Theta theta{4, 4};
  SUBCASE("steps, including 0") {
    CHECK(gradus::maximize(parabola, theta, ascent, {.steps = 0}).reason == gradus::Stop::steps);
    CHECK(theta == Theta{4, 4});
    CHECK(gradus::maximize(parabola, theta, ascent, {.steps = 3}).steps == 3);
  }
  SUBCASE("change") {
    const auto end = gradus::maximize(parabola, theta, ascent, {.change = 1e-6});
    CHECK(end.reason == gradus::Stop::change);
    CHECK(end.steps < 100);
  }
  SUBCASE("time") {
    const auto end = gradus::maximize(parabola, theta, ascent, {.steps = 1 << 30, .seconds = 1e-3});
    CHECK(end.reason == gradus::Stop::time);
  }
  SUBCASE("callback, which sees every point") {
    std::vector<gradus::Progress> seen;
    const auto end = gradus::maximize(parabola, theta, ascent, {.callback = [&](const gradus::Progress& at) {
                                        seen.push_back(at);
                                        return at.steps == 4;
                                      }});
    CHECK(end.reason == gradus::Stop::callback);
    CHECK(end.steps == 4);
    REQUIRE(seen.size() == 5);
    CHECK(seen[0].value == -107);
    CHECK(seen[0].gradient_norm == doctest::Approx(std::sqrt(36.0 + 784.0)).epsilon(1e-15));
    CHECK(seen[4].value == end.value);
  }
}

TEST_CASE("a non-finite value ends the drive at the last good point") {
  // ln x - x is climbed with steps so large that one leaves its domain.
  const auto log_hill = [](const Theta& at, Theta& gradient) {
    gradient[0] = 1 / at[0] - 1;
    return std::log(at[0]) - at[0];
  };
  Theta theta{3.0};
  const gradus::Optimizer bold{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 3}};
  auto state = bold.init(theta);
  const auto end = gradus::maximize(log_hill, theta, bold, state, {.steps = 50});
  CHECK(end.reason == gradus::Stop::non_finite);
  CHECK(std::isfinite(end.value));
  CHECK(end.value == std::log(theta[0]) - theta[0]);
  CHECK(state.step() == end.steps);

  Theta bad{-1};
  const auto at_once = gradus::maximize(log_hill, bad, bold, {.steps = 50});
  CHECK(at_once.reason == gradus::Stop::non_finite);
  CHECK(std::isnan(at_once.value));
  CHECK(at_once.steps == 0);
  CHECK(bad == Theta{-1});
}

TEST_CASE("if the objective throws, parameters and state are those after the last whole step") {
  Theta theta{4, 4}, reference{4, 4};
  int calls = 0;
  const auto throwing = [&](const Theta& at, Theta& gradient) {
    if (++calls == 4) throw std::runtime_error("no more");
    return parabola(at, gradient);
  };
  const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}};
  auto state = optimizer.init(theta), expected = optimizer.init(reference);
  CHECK_THROWS_AS(gradus::maximize(throwing, theta, optimizer, state), std::runtime_error);
  gradus::maximize(parabola, reference, optimizer, expected, {.steps = 3});
  CHECK(theta == reference);
  CHECK(state == expected);
}

TEST_CASE("with a guard in the composition, the driver leaves non-finite gradients to it") {
  int calls = 0;
  const auto sometimes = [&](const Theta& at, Theta& gradient) {
    const double value = parabola(at, gradient);
    if (++calls == 3) gradient[1] = std::numeric_limits<double>::quiet_NaN();
    return value;
  };
  const gradus::Optimizer optimizer{gradus::SkipNonFinite{}, gradus::LearningRate{.rate = 0.1}};
  Theta theta{4, 4};
  auto state = optimizer.init(theta);
  CHECK(gradus::maximize(sometimes, theta, optimizer, state, {.steps = 10}).reason == gradus::Stop::steps);
  CHECK(state.skipped() == 1);
  CHECK(state.step() == 9);
}

TEST_CASE("an objective of two functions can drive a view") {
  Theta owner{9, 4, 4, 9};
  const std::span<double> theta(owner.data() + 1, 2);
  const auto parts = gradus::objective([](const auto& at) { return -at[0] * at[0] - at[1] * at[1]; },
                                       [](const auto& at) { return Theta{-2 * at[0], -2 * at[1]}; });
  gradus::maximize(parts, theta, ascent, {.gradient_norm = 1e-9});
  CHECK(std::abs(owner[1]) < 1e-9);
  CHECK(owner[0] == 9);
  CHECK(owner[3] == 9);
}

TEST_CASE("options out of range are refused by name before anything moves") {
  Theta theta{4, 4};
  const auto refused = [&](const gradus::DriveOptions& options) -> std::string {
    try {
      gradus::maximize(parabola, theta, ascent, options);
    } catch (const gradus::Refused& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK(refused({.steps = -1}).find("steps is -1") != std::string::npos);
  CHECK(refused({.gradient_norm = -1}).find("gradient_norm is -1") != std::string::npos);
  CHECK(refused({.change = std::nan("")}).find("change is nan") != std::string::npos);
  CHECK(refused({.seconds = -2}).find("seconds is -2") != std::string::npos);
  CHECK(theta == Theta{4, 4});
}

TEST_CASE("an unchanged value does not stop the drive if no step was taken") {
  using namespace gradus;
  double theta = 0;
  const Optimizer optimizer{Accumulate{.steps = 3}, LearningRate{0.5}};
  const auto result =
      minimize(objective([](double x) { return (x - 1) * (x - 1); }, [](double x) { return 2 * (x - 1); }), theta,
               optimizer, {.steps = 100, .change = 1e-9});
  CHECK(theta == 1);
  CHECK(result.reason == Stop::change);
  CHECK(result.steps == 6);  // three calls reach 1, and three more stay there
}
TEST_CASE("a gradient that the objective does not assign ends the drive before its first step") {
  std::vector<double> theta{1, 2};
  const auto forgets = [](const std::vector<double>& x, std::vector<double>& gradient) {
    return gradient[0] = 2 * x[0], x[0] * x[0] + x[1] * x[1];
  };
  const auto by_value = [](const std::vector<double>& x, std::vector<double> gradient) {
    return gradient = x, x[0] * x[0] + x[1] * x[1];
  };
  const auto stops = [&](const auto& objective) {
    const auto end = gradus::minimize(objective, theta, gradus::recipe::adam());
    CHECK(end.reason == gradus::Stop::non_finite);
    CHECK(end.steps == 0);
    CHECK(theta == std::vector<double>{1, 2});
  };
  stops(forgets), stops(by_value);
}

TEST_CASE("a first step of length 0 does not stop a drive by the change") {
  const auto square = [](double x, double& gradient) { return gradient = 2 * x, x * x; };
  double theta = 4;
  const auto end = gradus::minimize(square, theta, gradus::recipe::adopt({.lr = 0.1}), {.steps = 200, .change = 1e-9});
  CHECK(end.steps > 10);
  CHECK(end.value < 1);
}

TEST_CASE("a drive result prints as one line") {
  std::ostringstream out;
  out << gradus::DriveResult{.value = -0.5, .steps = 7, .gradient_norm = 0.25, .reason = gradus::Stop::change};
  CHECK(out.str() == "value -0.5 after 7 steps, gradient norm 0.25; stopped by the change");
  CHECK(gradus::DriveResult{}.str().ends_with("stopped by the number of steps"));
}

TEST_CASE("a gradient that is not finite ends a drive though the value is") {
  Theta theta{4, 4};
  const auto half = [](const Theta& at, Theta& gradient) {
    return gradient = {-2 * at[0], at[0] < 2 ? std::nan("") : 1.0}, -at[0] * at[0];
  };
  const auto end = gradus::maximize(half, theta, ascent, {.steps = 50});
  CHECK(end.reason == gradus::Stop::non_finite);
  CHECK(end.value == -theta[0] * theta[0]);
  CHECK(std::isfinite(theta[1]));
}

TEST_CASE("the change is that between two values, wherever they lie") {
  Theta theta{4, 4};
  const auto higher = [](const Theta& at, Theta& gradient) { return parabola(at, gradient) + 100; };
  CHECK(gradus::maximize(higher, theta, ascent, {.change = 1e-6}).reason == gradus::Stop::change);
}
