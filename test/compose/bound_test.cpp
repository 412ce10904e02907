// SPDX-License-Identifier: MIT
#include <gradus/compose/bound.hpp>

#include "support/bits.hpp"
#include "support/lazy.hpp"
#include "support/random.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/xtensor.hpp>
#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <vector>

using gradus::Optimizer;
using support::same_bits;
using Vector = std::vector<double>;

namespace {

const Optimizer chain{gradus::CorrectedMomentum{}, gradus::Adaptive{}, gradus::LearningRate{},
                      gradus::Decay{.factor = 0.9}};

/// Bound steps and plain ones, with a gradient whose values change between steps.
template <class T, class... Parts, class... Backend>
void check_same(const Optimizer<Parts...>& optimizer, const Backend&... backend) {
  auto x = support::parameters<T>(1100), y = x, g = x;
  auto state = optimizer.init(x), other = state;
  auto bound = optimizer.bind(x, g, state, backend...);
  for (unsigned t = 0; t < 6; ++t) {
    const auto next = support::gradient<T>(g.size(), t);
    std::copy(next.begin(), next.end(), g.begin());
    if (t % 3 == 0) bound.ascend(), optimizer.ascend(y, g, other, backend...);
    else bound.descend(), optimizer.descend(y, g, other, backend...);
    CHECK(same_bits(x, y));
    CHECK(state == other);
  }
}

}  // namespace

TEST_CASE_TEMPLATE("bound: steps have the same bits as unbound ones", T, float, double) {
  SUBCASE("in one piece") { check_same<T>(chain); }
  SUBCASE("serially") { check_same<T>(chain, gradus::backend::Serial{}); }
  SUBCASE("walked") { check_same<T>(chain, gradus::backend::Xtensor{}); }
  SUBCASE("in front of a norm") { check_same<T>(Optimizer{gradus::ClipNorm{.norm = 0.5}, gradus::LearningRate{}}); }
}

TEST_CASE("bound: a set of two element types") {
  std::tuple x{support::parameters<float>(33), support::parameters<double>(5), 2.0};
  std::tuple g{support::gradient<float>(33), support::gradient<double>(5), -1.0};
  auto y = x;
  auto state = chain.init(x), other = state;
  auto bound = chain.bind(x, g, state);
  for (int t = 0; t < 4; ++t) {
    std::get<2>(g) += 0.5;
    bound.ascend();
    chain.ascend(y, g, other);
  }
  CHECK(x == y);
  CHECK(state == other);
}

TEST_CASE("bound: bound and unbound steps can alternate on one state") {
  Vector x{1, 2, 3}, y = x;
  const Vector g{0.5, -1, 2};
  auto state = chain.init(x), other = state;
  auto bound = chain.bind(x, g, state);
  for (int t = 0; t < 3; ++t) {
    bound.ascend();
    chain.ascend(x, Vector{1, 1, 1}, state);
    chain.ascend(y, g, other);
    chain.ascend(y, Vector{1, 1, 1}, other);
  }
  CHECK(state.step() == 6);
  CHECK(same_bits(x, y));
  CHECK(state == other);
}

TEST_CASE("bound: a lazy gradient is evaluated anew in each step, once") {
  constexpr std::size_t size = 1500;
  const Optimizer optimizer{gradus::LearningRate{.rate = 0.5}};
  Vector x = support::parameters<double>(size), first = x;
  auto state = optimizer.init(x);
  const auto check = [&](const auto& g, auto expected) {
    auto bound = optimizer.bind(x, g, state);
    CHECK(g.evaluated == 0);  // binding only lists
    for (std::size_t t = 1; t <= 3; ++t) {
      const Vector before = x;
      bound.descend();
      CHECK(g.evaluated == t * size);
      Vector after(size);
      for (std::size_t i = 0; i < size; ++i) after[i] = before[i] - 0.5 * expected(before, i);
      CHECK(x == after);
    }
  };
  const auto itself = [](const Vector& at, std::size_t i) { return at[i]; };
  const auto across = [](const Vector& at, std::size_t i) { return at[size - 1 - i]; };
  check(lazy::elementwise<double>(size, [&](std::size_t i) { return itself(x, i); }), itself);
  check(lazy::anywhere<double>(size, [&](std::size_t i) { return across(x, i); }), across);
}

TEST_CASE("bound: a lazy gradient in scratch, while other steps use the same state") {
  const Optimizer optimizer{gradus::ClipNorm{.norm = 1e9}};
  Vector x{1, 2, 3}, y{10, 20, 30};
  auto state = optimizer.init(x);
  const auto g = lazy::anywhere<double>(3, [&](std::size_t i) { return x[2 - i]; });
  const auto other = lazy::anywhere<double>(3, [](std::size_t i) { return double(i); });
  auto bound = optimizer.bind(x, g, state);
  bound.ascend();
  CHECK(x == Vector{4, 4, 4});
  optimizer.ascend(y, other, state);
  CHECK(y == Vector{10, 21, 32});
  bound.ascend();
  CHECK(x == Vector{8, 8, 8});
}

TEST_CASE("bound: temporaries are kept alive by the bound step") {
  const Optimizer optimizer{gradus::LearningRate{.rate = 1}};
  Vector x{1, 2, 3};
  auto state = optimizer.init(x);
  auto bound = optimizer.bind(std::span(x), Vector{1, 10, 100}, state);
  const Vector elsewhere(3, -1.0);  // would reuse the memory of a destroyed gradient
  bound.ascend();
  bound.ascend();
  CHECK(x == Vector{3, 22, 203});

  const auto index = [](std::size_t i) { return double(i); };
  auto lazily = optimizer.bind(std::span(x), lazy::elementwise<double>(3, index), state);
  lazily.ascend();
  CHECK(x == Vector{3, 23, 205});
}

TEST_CASE("bound: a bound step can be neither copied nor assigned") {
  Vector x{1}, g{1};
  auto state = chain.init(x);
  using Bound = decltype(chain.bind(x, g, state));
  static_assert(!std::is_copy_constructible_v<Bound> && !std::is_copy_assignable_v<Bound>);
}

TEST_CASE("bound: a hyper-parameter changed between steps takes effect") {
  Optimizer optimizer{gradus::LearningRate{.rate = 1}};
  Vector x{0};
  const Vector g{1};
  auto state = optimizer.init(x);
  auto bound = optimizer.bind(x, g, state);
  bound.ascend();
  optimizer.get<gradus::LearningRate>().rate = 0.25;
  bound.ascend();
  CHECK(x[0] == 1.25);
}

TEST_CASE("bound: a hyper-parameter changed for the worse is refused before the first write") {
  Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{.rate = 1}};
  Vector x{0};
  const Vector g{1};
  auto state = optimizer.init(x);
  auto bound = optimizer.bind(x, g, state);
  bound.ascend();
  const auto before = state;
  optimizer.get<gradus::LearningRate>().rate = std::nan("");
  CHECK_THROWS_WITH_AS(bound.ascend(), doctest::Contains("LearningRate.rate is nan"), gradus::Refused);
  CHECK_THROWS_AS(bound.descend(), gradus::Refused);
  CHECK(x[0] == 1);
  CHECK(state == before);
  optimizer.get<gradus::LearningRate>().rate = 1;
  bound.ascend();
  CHECK(x[0] == doctest::Approx(2.9));
}

TEST_CASE("bound: binding refuses mismatched arguments, and nothing changes") {
  Vector x{1, 2, 3};
  auto state = chain.init(x);
  const auto before = state;
  CHECK_THROWS_AS(chain.bind(x, Vector(2), state), gradus::Refused);
  CHECK_THROWS_AS(chain.bind(std::span(x).first(2), Vector(2), state), gradus::Refused);
  CHECK(state == before);
}

TEST_CASE("bound: an observer can be passed to each step, but need not be") {
  const Optimizer optimizer{gradus::LearningRate{.rate = 0.5}};
  Vector x{0, 0};
  const Vector g{3, 4};
  auto state = optimizer.init(x);
  std::vector<std::int64_t> steps;
  const auto see = [&](const gradus::Report& report) {
    steps.push_back(report.step);
    CHECK(report.rate == 0.5);
    CHECK(report.gradient_norm == 5);
  };
  auto bound = optimizer.bind(x, g, state);
  bound.ascend(see);
  bound.ascend();
  bound.descend(see);
  CHECK(steps == std::vector<std::int64_t>{1, 3});
  CHECK(x == Vector{1.5, 2});
}
