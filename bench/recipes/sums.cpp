// SPDX-License-Identifier: MIT
#include "typed_run.hpp"

std::vector<bench::Recipe> bench::sums_recipes() {
  return {BENCH_RECIPE(novograd),
          BENCH_RECIPE(lars),
          BENCH_RECIPE(dog),
          BENCH_RECIPE(dowg),
          BENCH_RECIPE(dadapt_adamw),
          BENCH_RECIPE(prodigy),
          recipe("BarzilaiBorwein", gradus::Optimizer{gradus::BarzilaiBorwein{}}, hand::barzilai_borwein),
          recipe("PolyakStep", gradus::Optimizer{gradus::PolyakStep{}}, hand::polyak_step)};
}
