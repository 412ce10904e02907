// SPDX-License-Identifier: MIT
// Steps of long double, which are computed one by one, without the SIMD and bit operations of `float` and `double`.
#include <gradus/gradus.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

using namespace gradus;
using Long = long double;
using LongVector = std::vector<Long>;

namespace {

// Few digits, so that their products are exact at any width.
LongVector short_numbers(std::size_t size, std::uint64_t seed) {
  support::Random random(seed);
  LongVector x(size);
  for (Long& element : x) element = static_cast<Long>(random.below(2001)) / 64 - 15;
  return x;
}

template <class T, class O>
std::vector<T> climbed(const O& optimizer, std::size_t size, int steps) {
  auto theta = support::parameters<T>(size);
  for (T& element : theta) element = std::abs(element);
  auto state = optimizer.init(theta);
  for (int step = 0; step < steps; ++step)
    optimizer.ascend(theta, support::gradient<T>(size, 7 + static_cast<std::uint64_t>(step)), state);
  return theta;
}

// The same run in double, which has 11 bits fewer.
template <class O>
bool near_double(const O& optimizer) {
  const auto exact = climbed<Long>(optimizer, 37, 20);
  const auto plain = climbed<double>(optimizer, 37, 20);
  for (std::size_t i = 0; i < exact.size(); ++i)
    if (!(std::abs(exact[i] - plain[i]) <= 1e-11L * (1 + std::abs(exact[i])))) return false;
  return true;
}

}  // namespace

TEST_SUITE_BEGIN("long double");

TEST_CASE("digits that a double does not have are kept") {
  Long x = 1;
  const Long g = std::numeric_limits<Long>::epsilon();
  const Optimizer<> plain;
  auto state = plain.init(x);
  plain.ascend(x, g, state);
  CHECK(x == 1 + g);
  CHECK(x > 1);
}

TEST_CASE("momentum matches a hand-written loop bit for bit, for any size and backend") {
  const Optimizer heavy{Momentum{.factor = 0.75}, LearningRate{.rate = 0.125}};
  for (const std::size_t size : support::Sizes{0, 1, 5, 1030}) {
    LongVector theta = short_numbers(size, 1), walked = theta, expected = theta, velocity(size);
    auto state = heavy.init(theta), other = heavy.init(walked);
    for (std::uint64_t step = 2; step < 9; ++step) {
      const LongVector g = short_numbers(size, step);
      heavy.descend(theta, g, state);
      heavy.descend(walked, g, other, backend::Serial{});
      for (std::size_t i = 0; i < size; ++i) {
        velocity[i] = velocity[i] * 0.75L - g[i];
        expected[i] += velocity[i] * 0.125L;
      }
    }
    CHECK(theta == expected);
    CHECK(walked == expected);
    CHECK((state == other));
  }
}

TEST_CASE("every operation matches double up to the extra digits") {
  CHECK(near_double(Optimizer{Clip{}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{}, Warmup{10}}));
  CHECK(near_double(recipe::adam()));
  CHECK(near_double(recipe::madgrad()));
  CHECK(near_double(recipe::cocob()));
  CHECK(near_double(Optimizer{Clip{0.5}, Sign{}, SoftThreshold{0.01}, LearningRate{0.1}}));
  CHECK(near_double(Optimizer{ExponentiatedGradient{}, LearningRate{0.1}}));
  CHECK(near_double(Optimizer{Momentum{}, Box{-1, 1}}));
}

TEST_CASE_TEMPLATE("norms and sums are correct to double precision", Clipped, ClipLeafNorm, ClipNorm) {
  const Optimizer optimizer{Clipped{0.5}, LearningRate{0.25}};
  LongVector x{1, 2};
  auto state = optimizer.init(x);
  optimizer.ascend(x, LongVector{3, 4}, state);
  CHECK(static_cast<double>(x[0]) == doctest::Approx(1 + 0.25 * 0.3).epsilon(1e-15));
  CHECK(static_cast<double>(x[1]) == doctest::Approx(2 + 0.25 * 0.4).epsilon(1e-15));
}

TEST_CASE("norms of other orders are correct to double precision") {
  for (const auto& [order, norm] : {std::pair{1.0, 7.0}, {std::numeric_limits<double>::infinity(), 4.0}}) {
    const Optimizer optimizer{ClipNorm{.norm = 1, .order = order}};
    LongVector x{0, 0};
    auto state = optimizer.init(x);
    optimizer.ascend(x, LongVector{3, -4}, state);
    CHECK(static_cast<double>(x[0]) == doctest::Approx(3 / norm).epsilon(1e-15));
    CHECK(static_cast<double>(x[1]) == doctest::Approx(-4 / norm).epsilon(1e-15));
  }
}

TEST_CASE("non-finite elements are detected, but values beyond the range of double are not refused") {
  const Optimizer guarded{RefuseNonFinite{}};
  LongVector x{1, 2, 3};
  auto state = guarded.init(x);
  for (const Long bad : {std::numeric_limits<Long>::infinity(), -std::numeric_limits<Long>::infinity(),
                         std::numeric_limits<Long>::quiet_NaN()})
    CHECK_THROWS_AS(guarded.ascend(x, LongVector{0, 0, bad}, state), Refused);
  CHECK(x == LongVector{1, 2, 3});
  const Long large = std::numeric_limits<Long>::max() / 4;
  guarded.ascend(x, LongVector{0, large, 0}, state);
  CHECK(x == LongVector{1, 2 + large, 3});
}

TEST_CASE("long double and float leaves share a set, and the state keeps the slots of both") {
  std::tuple<LongVector, std::vector<float>> theta{{1, 2}, {3}};
  const Optimizer heavy{Momentum{.factor = 0.5}};
  auto state = heavy.init(theta);
  heavy.ascend(theta, std::tuple{LongVector{1, 1}, std::vector<float>{2}}, state);
  CHECK(theta == std::tuple{LongVector{2, 3}, std::vector<float>{5}});

  auto restored = heavy.init(theta);
  std::vector<LongVector> saved;
  state.visit(
      [&](std::string_view, std::string_view, auto values) { saved.emplace_back(values.begin(), values.end()); });
  restored.visit([&, at = std::size_t{0}](std::string_view, std::string_view, auto values) mutable {
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<std::remove_reference_t<decltype(values[i])>>(saved[at][i]);
    ++at;
  });
  restored.step(state.step());
  CHECK((restored == state));
  CHECK(state.slot<Long>("velocity", "[0]")[1] == 1);

  const State plain = state;
  bool called = false;
  CHECK_THROWS_WITH(plain.visit([&](auto, auto, auto) { called = true; }),
                    "gradus: the slots of [0] are stored as long double; call visit of what init(theta, storage) "
                    "returned");
  CHECK_FALSE(called);
}

TEST_CASE("library tensors and expressions of long double") {
  xt::xarray<Long> x{{1, 2}, {3, 4}};
  const Optimizer optimizer{Momentum{}, LearningRate{0.5}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, -2 * x, state);
  CHECK(x == xt::xarray<Long>{{0, 0}, {0, 0}});
}

TEST_SUITE_END();
