// SPDX-License-Identifier: MIT
#include <gradus/plan/sense.hpp>

#include <gradus/optimizer.hpp>

#include "support/dual.hpp"

#include <doctest/doctest.h>

#include <complex>

using namespace gradus;

TEST_SUITE_BEGIN("sense");

// Compositions without a meaning do not compile: test/refuse/complex_*.cpp and dual_norm.cpp.
static_assert(detail::make_sense_of<detail::Pack<Clip, ClipNorm, LearningRate>, Storage<>>(
    detail::Elements<float, double, long double>{}));
static_assert(detail::make_sense_of<detail::Pack<ClipNorm, Adaptive, LearningRate>, Storage<>>(
    detail::Elements<std::complex<double>, float>{}));
static_assert(
    detail::make_sense_of<detail::Pack<Clip, Adaptive, LearningRate>, Storage<>>(detail::Elements<Dual, float>{}));

TEST_CASE("tells which compositions measure norms or sums in double") {
  CHECK(detail::measures<detail::Pack<ClipNorm, LearningRate>>);
  CHECK(detail::measures<detail::Pack<ClipLeafNorm, LearningRate>>);
  CHECK(detail::measures<detail::Pack<LearningRate, Mechanic<>>>);
  CHECK_FALSE(detail::measures<detail::Pack<Clip, Momentum, Adaptive, LearningRate>>);
}

TEST_SUITE_END();
