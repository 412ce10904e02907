// SPDX-License-Identifier: MIT
#include "typed_run.hpp"

std::vector<bench::Recipe> bench::optax_recipes() {
  return {BENCH_RECIPE(optax::adagrad),
          BENCH_RECIPE(optax::rmsprop),
          BENCH_RECIPE(optax::nadam),
          BENCH_RECIPE(optax::amsgrad),
          BENCH_RECIPE(optax::adamax),
          BENCH_RECIPE(optax::radam),
          BENCH_RECIPE(optax::adan),
          BENCH_RECIPE(optax::simplified_ademamix),
          BENCH_RECIPE(optax::optimistic_adam),
          BENCH_RECIPE(optax::fromage)};
}
