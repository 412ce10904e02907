// SPDX-License-Identifier: MIT
#include "typed_run.hpp"

std::vector<bench::Recipe> bench::divisor_recipes() {
  constexpr gradus::recipe::GradientAscent silent{.logging_interval = 0};
  return {BENCH_RECIPE(adagrad),
          BENCH_RECIPE(adasqrt),
          BENCH_RECIPE(rmsprop),
          BENCH_RECIPE(adadelta),
          BENCH_RECIPE(smorms3),
          recipe("gradient_ascent", gradus::recipe::gradient_ascent<silent>(), hand::gradient_ascent),
          BENCH_RECIPE(padam),
          BENCH_RECIPE(adabound),
          BENCH_RECIPE(adamax),
          BENCH_RECIPE(ftml),
          BENCH_RECIPE(madgrad)};
}
