// SPDX-License-Identifier: MIT
#include "typed_run.hpp"

std::vector<bench::Recipe> bench::momentum_recipes() {
  return {BENCH_RECIPE(sgd),        BENCH_RECIPE(asgd),
          BENCH_RECIPE(aggmo),      BENCH_RECIPE(qhm),
          BENCH_RECIPE(signum),     BENCH_RECIPE(lion),
          BENCH_RECIPE(optimistic), BENCH_RECIPE(rprop),
          BENCH_RECIPE(cocob),      BENCH_RECIPE(schedule_free_sgd)};
}
