// SPDX-License-Identifier: MIT
#include <gradus/schedule/progress.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

using gradus::between;
using gradus::progress;
using support::last_step;

static_assert(progress(1, 0, 4) == 0);
static_assert(progress(2, 0, 4) == 0.25);
static_assert(progress(5, 0, 4) == 1);
static_assert(progress(6, 0, 4) == 1);
static_assert(progress(last_step, 0, 4) == 1);
static_assert(progress(3, 3, 4) == 0);
static_assert(progress(4, 3, 4) == 0);
static_assert(progress(5, 3, 4) == 0.25);
static_assert(progress(1, 0, 0) == 1);
static_assert(progress(last_step, 0, last_step) == 1);
static_assert(progress(1, last_step, 4) == 0);

TEST_SUITE_BEGIN("progress");

TEST_CASE("interpolation is exact at both ends") {
  CHECK(between(0.1, 0.7, 0) == 0.1);
  CHECK(between(0.1, 0.7, 1) == 0.7);
  CHECK(between(2, 4, 0.5) == 3);
  CHECK(gradus::half_wave(0) == 0);
  CHECK(gradus::half_wave(1) == 1);
  CHECK(gradus::half_wave(2) == 0);
  CHECK(gradus::half_wave(1.0 / 3) == doctest::Approx(0.25));
}

TEST_SUITE_END();
