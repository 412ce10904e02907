// SPDX-License-Identifier: MIT
#include <gradus/plan/sense.hpp>

#include <gradus/optimizer.hpp>

#include "support/dual.hpp"

#include <doctest/doctest.h>

#include <array>
#include <complex>
#include <type_traits>

using namespace gradus;

TEST_SUITE_BEGIN("sense");

// Compositions without a meaning do not compile: test/refuse/complex_*.cpp and dual_norm.cpp.
static_assert(detail::make_sense_of<detail::Pack<Clip, ClipNorm, LearningRate>, Storage<>>(
    detail::Elements<float, double, long double>{}));
static_assert(detail::make_sense_of<detail::Pack<ClipNorm, Adaptive, LearningRate>, Storage<>>(
    detail::Elements<std::complex<double>, float>{}));
static_assert(
    detail::make_sense_of<detail::Pack<Clip, Adaptive, LearningRate>, Storage<>>(detail::Elements<Dual, float>{}));

static_assert(detail::narrows<Storage<float>, Dual> && detail::narrows<Storage<void, float>, Dual>);
static_assert(!detail::narrows<Storage<>, Dual> && !detail::narrows<Storage<Dual, Dual>, Dual> &&
              !detail::narrows<Storage<float, float>, double>);

namespace {

/// Compares only in calls that gather.
struct GathersLargest {
  static constexpr Slot slots[]{{"largest"}};
  static constexpr Name kept[]{"gathered"};
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const Step&) const { return {0}; }
  constexpr bool gathers(double gathered) const { return gathered < 3; }
  static constexpr void gather(Record& r, Lane& largest) { largest = max(largest, r.gradient); }
  static constexpr void apply(Record& r, Lane& largest) { r.update = r.update + largest, largest = r.gradient; }
};

}  // namespace

TEST_CASE("what a composition does with complex numbers when it only gathers must make sense too") {
  CHECK(detail::nonsense_of(std::type_identity<detail::Pack<GathersLargest>>{}) == detail::Nonsense::compares);
  CHECK(detail::nonsense_of(std::type_identity<detail::Pack<Accumulate>>{}) == detail::Nonsense::none);
}

TEST_CASE("tells which compositions measure norms or sums in double") {
  CHECK(detail::measures<detail::Pack<ClipNorm, LearningRate>>);
  CHECK(detail::measures<detail::Pack<ClipLeafNorm, LearningRate>>);
  CHECK(detail::measures<detail::Pack<LearningRate, Mechanic<>>>);
  CHECK(detail::measures<detail::Pack<DistanceAdaptation>>);
  CHECK_FALSE(detail::measures<detail::Pack<Clip, Momentum, Adaptive, LearningRate>>);
}

TEST_SUITE_END();
