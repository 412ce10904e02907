// SPDX-License-Identifier: MIT
// gradus as compare.py loads it, beside libraries of Python.
#include "libraries.hpp"

#include <cstddef>
#include <cstdint>

extern "C" {

void* gradus_make(int rule, float* parameter, const float* gradient, std::size_t size) {
  libraries::Problem problem;
  problem.parameter = parameter, problem.gradient = gradient, problem.size = size;
  return new bench::Stopwatch(libraries::gradus(static_cast<libraries::Rule>(rule), problem));
}
double gradus_seconds(void* watch, std::int64_t steps) { return (*static_cast<bench::Stopwatch*>(watch))(steps); }
void gradus_free(void* watch) { delete static_cast<bench::Stopwatch*>(watch); }
}
