// SPDX-License-Identifier: MIT
#include <gradus/core/elementary.hpp>

#include "support/bits.hpp"
#include "support/targets.hpp"
#include "support/texts.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/simd.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <span>
#include <type_traits>

using namespace gradus;
using backend::Serial;
using backend::Simd;

static_assert(detail::cube_root<detail::NumberOps<double>>(-27.0) == -3 &&
              detail::exponential<detail::NumberOps<double>>(0.0) == 1);
static_assert(detail::logarithm<detail::NumberOps<float>>(1.0f) == 0);

namespace {

// Numbers of all magnitudes, and those at which the functions behave differently.
template <class T>
support::Inputs<T> numbers(double low, double high, bool as_power) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> among(low, high);
  support::Inputs<T> in;
  const auto add = [&](T x) { in.add(x, x, x, x); };
  for (int i = 0; i < 20000; ++i) add(static_cast<T>(as_power ? std::exp2(among(random)) : among(random)));
  for (const T x : support::edges<T>()) add(x);
  return in;
}

// The largest error in units in the last place, against long double. Registers must give the bits of single numbers.
template <auto Text, class T, class F>
double error(const support::Inputs<T>& in, F expected) {
  const auto serial = support::results<Serial, Text>(in);
  support::for_each_target(
      [&] { CHECK(support::same_bits(std::span<const T>(serial), support::results<Simd, Text>(in))); });
  double worst = 0;
  for (std::size_t i = 0; i < serial.size(); ++i) {
    const long double exact = expected(static_cast<long double>(in.x[i]));
    const T want = static_cast<T>(exact), got = serial[i];
    if (support::same_number(got, want)) continue;
    const T size = std::abs(want);
    const T unit = std::nextafter(size, std::numeric_limits<T>::infinity()) - size;
    worst = std::max(worst, static_cast<double>(std::abs(got - exact) / unit));
    INFO(in.x[i], " gives ", got, ", expected ", want);
    CHECK(std::isfinite(got));
  }
  return worst;
}

}  // namespace

TEST_SUITE_BEGIN("elementary");

TEST_CASE_TEMPLATE("the cube root of any number, including subnormal numbers and infinities", T, float, double) {
  const bool single = std::is_same_v<T, float>;
  const auto root = [](long double x) { return std::cbrt(x); };
  CHECK(error<TEXT(cbrt(x))>(numbers<T>(single ? -149 : -1074, single ? 128 : 1024, true), root) < 2);
  CHECK(error<TEXT(cbrt(x))>(numbers<T>(-8, 8, false), root) < 2);
}

TEST_CASE_TEMPLATE("the exponential function, from the smallest normal number to infinity", T, float, double) {
  const bool single = std::is_same_v<T, float>;
  const auto power = [](long double x) {
    const long double y = std::exp(x), least = std::numeric_limits<T>::min();
    return y < least / std::sqrt(2.0L) ? 0 : y;
  };
  CHECK(error<TEXT(exp(x))>(numbers<T>(single ? -105 : -750, single ? 88.7 : 709.7, false), power) < 2);
  CHECK(error<TEXT(exp(x))>(numbers<T>(-0.7, 0.7, false), power) < 2);
}

TEST_CASE_TEMPLATE("the logarithm of any number", T, float, double) {
  const bool single = std::is_same_v<T, float>;
  const auto logarithm = [](long double x) { return std::log(x); };
  CHECK(error<TEXT(log(x))>(numbers<T>(single ? -149 : -1074, single ? 128 : 1024, true), logarithm) < 3);
  CHECK(error<TEXT(log(x))>(numbers<T>(0.5, 2, false), logarithm) < 3);
}

TEST_SUITE_END();
