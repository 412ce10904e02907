// SPDX-License-Identifier: MIT
#include <gradus/backend/targets.hpp>

#include "support/random.hpp"
#include "support/targets.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("targets");

#if defined(GRADUS_AVX2_TARGET)

namespace {

// The compiler is not told that these use the upper halves, or it would clear them itself.

/// Whether any of the first registers has nonzero bits above its lowest 16 bytes.
bool upper_halves_in_use() {
  alignas(16) unsigned char upper[4][16];
  asm volatile("vextractf128 $1, %%ymm0, %0" : "=m"(upper[0]));
  asm volatile("vextractf128 $1, %%ymm1, %0" : "=m"(upper[1]));
  asm volatile("vextractf128 $1, %%ymm2, %0" : "=m"(upper[2]));
  asm volatile("vextractf128 $1, %%ymm3, %0" : "=m"(upper[3]));
  return std::ranges::any_of(upper,
                             [](const auto& half) { return std::ranges::any_of(half, [](auto x) { return x != 0; }); });
}

void use_upper_halves() { asm volatile("vpcmpeqd %%ymm2, %%ymm2, %%ymm2" ::: "xmm2"); }

}  // namespace

// With dirty upper halves, the caller's SSE instructions would be slowed down.
TEST_CASE_TEMPLATE("a step leaves no upper half of a register in use", T, float, double) {
  if (!backend::has(backend::Target::avx2)) return;
  use_upper_halves();
  CHECK(upper_halves_in_use());
  const Optimizer optimizer{ClipNorm{2}, Momentum{}, Adaptive{}, LearningRate{}};
  auto theta = support::parameters<T>(5000);
  const auto gradient = support::gradient<T>(theta.size());
  auto state = optimizer.init(theta);
  support::for_each_target([&] {
    if (backend::target() == backend::Target::flags) return;
    use_upper_halves();
    optimizer.ascend(theta, gradient, state);
    CHECK_FALSE(upper_halves_in_use());
  });
}

#endif

TEST_SUITE_END();
