// SPDX-License-Identifier: MIT
#include "typed_run.hpp"

std::vector<bench::Recipe> bench::adam_recipes() {
  return {BENCH_RECIPE(adam),
          BENCH_RECIPE(adamw),
          BENCH_RECIPE(nadam),
          BENCH_RECIPE(radam),
          BENCH_RECIPE(adabelief),
          BENCH_RECIPE(acprop),
          BENCH_RECIPE(yogi),
          BENCH_RECIPE(qhadam),
          BENCH_RECIPE(adopt),
          BENCH_RECIPE(adan),
          BENCH_RECIPE(ademamix),
          BENCH_RECIPE(optimistic_adam),
          BENCH_RECIPE(schedule_free_adamw)};
}
