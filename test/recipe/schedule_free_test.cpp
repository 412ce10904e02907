// SPDX-License-Identifier: MIT
#include <gradus/recipe/schedule_free.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("schedule-free recipes have optax's defaults") {
  const auto sgd = recipe::schedule_free_sgd();
  CHECK(
      std::same_as<decltype(recipe::schedule_free_sgd()), Optimizer<WeightDecay, Warmup, LearningRate, ScheduleFree>>);
  CHECK(sgd.get<LearningRate>().rate == 1);
  CHECK(sgd.get<ScheduleFree>().beta == 0.9);
  CHECK(sgd.get<ScheduleFree>().weight_power == 2);
  const auto adamw = recipe::schedule_free_adamw({.warmup_steps = 100});
  CHECK(adamw.get<LearningRate>().rate == 0.0025);
  CHECK(adamw.get<CorrectedAdaptive>().beta == 0.999);
  CHECK(adamw.get<Warmup>().steps == 100);
}
