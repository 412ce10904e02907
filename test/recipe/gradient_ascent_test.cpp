// SPDX-License-Identifier: MIT
#include <gradus/recipe/gradient_ascent.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <vector>

using namespace gradus;

TEST_CASE("the recipe has the package's defaults, and no feature that is off") {
  const recipe::GradientAscent defaults;
  CHECK(defaults.lr == 0.01);
  CHECK(defaults.momentum == 0.9);
  CHECK(defaults.beta == 0.999);
  CHECK(defaults.eps == 1e-8);
  CHECK_FALSE(defaults.nesterov);
  CHECK(defaults.clip_value == 0);
  CHECK(defaults.lr_decay == 0);
  CHECK(defaults.warmup_steps == 0);
  CHECK(defaults.logging_interval == 10);

  const auto plain = recipe::gradient_ascent();
  CHECK(std::same_as<decltype(plain), const Optimizer<Momentum, Adaptive, LearningRate, Log<>>>);
  CHECK(plain.get<Momentum>().factor == 0.9);
  CHECK(plain.get<Log<>>().every == 10);

  constexpr recipe::GradientAscent all{.nesterov = true, .clip_value = 1, .lr_decay = 0.99, .warmup_steps = 5};
  const auto whole = recipe::gradient_ascent<all>();
  CHECK(std::same_as<decltype(whole),
                     const Optimizer<Clip, Momentum, Nesterov, Adaptive, LearningRate, Warmup, Decay, Log<>>>);
  CHECK(whole.get<Decay>().factor == 0.99);

  constexpr recipe::GradientAscent bare{.momentum = 0, .logging_interval = 0};
  CHECK(std::same_as<decltype(recipe::gradient_ascent<bare>()), Optimizer<Adaptive, LearningRate>>);
}

TEST_CASE("values can be given at run time, but features must be chosen in the type") {
  constexpr recipe::GradientAscent quiet{.logging_interval = 0};
  auto optimizer = recipe::gradient_ascent<quiet>({.lr = 0.5, .beta = 0.9, .logging_interval = 0});
  CHECK(optimizer.get<LearningRate>().rate == 0.5);
  CHECK(optimizer.get<Adaptive>().beta == 0.9);
  CHECK_THROWS_AS(recipe::gradient_ascent<quiet>({.clip_value = 1, .logging_interval = 0}), Refused);
  CHECK_THROWS_AS(recipe::gradient_ascent<quiet>({.lr = -1, .logging_interval = 0}), Refused);
}

TEST_CASE("a value of 0 at run time switches off a feature of the type") {
  constexpr recipe::GradientAscent all{.clip_value = 1, .lr_decay = 0.5, .warmup_steps = 4};
  constexpr recipe::GradientAscent none{.lr = 0.1, .momentum = 0, .logging_interval = 0};
  const auto off = recipe::gradient_ascent<all>({.lr = 0.1, .momentum = 0, .logging_interval = 0});
  const auto bare = recipe::gradient_ascent<none>();
  std::vector<double> theta{0, 0}, other = theta;
  auto state = off.init(theta);
  auto of_bare = bare.init(other);
  for (const double g : {8.0, -0.5, 3.0}) {
    off.ascend(theta, std::vector<double>{g, 1}, state);
    bare.ascend(other, std::vector<double>{g, 1}, of_bare);
    CHECK(theta == other);
  }
  constexpr recipe::GradientAscent nesterov{.nesterov = true, .logging_interval = 0};
  CHECK_THROWS_WITH_AS(recipe::gradient_ascent<nesterov>({.lr = 0.1, .logging_interval = 0}),
                       doctest::Contains("nesterov is in the type, and a value cannot switch it off"), Refused);
}

TEST_CASE("clipping works as documented, unlike in the package") {
  constexpr recipe::GradientAscent clipped{.momentum = 0, .clip_value = 1, .logging_interval = 0};
  const auto optimizer = recipe::gradient_ascent<clipped>(
      {.lr = 1, .momentum = 0, .beta = 0, .eps = 0.5, .clip_value = 1, .logging_interval = 0});
  std::vector<double> theta{0, 0};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{8, 0.5}, state);
  CHECK(theta == std::vector<double>{1 / 1.5, 0.5});  // g / (|g| + 0.5), with the 8 clipped to 1
}
