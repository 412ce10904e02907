// SPDX-License-Identifier: MIT
#include <gradus/compose/sense.hpp>

#include <gradus/optimizer.hpp>

#include "support/dual.hpp"

#include <doctest/doctest.h>

#include <complex>

using namespace gradus;

TEST_SUITE_BEGIN("sense");

// Compositions without a meaning do not compile: test/refuse/complex_*.cpp and dual_norm.cpp.
static_assert(make_sense_of<Pack<Clip, ClipNorm, LearningRate>, Storage<>>(Elements<float, double, long double>{}));
static_assert(
    make_sense_of<Pack<ClipNorm, Adaptive, LearningRate>, Storage<>>(Elements<std::complex<double>, float>{}));
static_assert(make_sense_of<Pack<Clip, Adaptive, LearningRate>, Storage<>>(Elements<Dual, float>{}));

TEST_CASE("tells which compositions measure norms or sums in double") {
  CHECK(detail::measures<Pack<ClipNorm, LearningRate>>);
  CHECK(detail::measures<Pack<ClipLeafNorm, LearningRate>>);
  CHECK(detail::measures<Pack<LearningRate, Mechanic<>>>);
  CHECK_FALSE(detail::measures<Pack<Clip, Momentum, Adaptive, LearningRate>>);
}

TEST_SUITE_END();
