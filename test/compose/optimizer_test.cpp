// SPDX-License-Identifier: MIT
#include <gradus/compose/optimizer.hpp>

#include "support/bits.hpp"
#include "support/lazy.hpp"
#include "support/random.hpp"
#include "support/user_policies.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/drive/averages.hpp>
#include <gradus/drive/max_stable_rate.hpp>
#include <gradus/explain/explain.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/average.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/adam.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <span>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <vector>

using gradus::Optimizer;
using support::same_bits;
using Vector = std::vector<double>;

TEST_CASE("calls: ascend adds, descend subtracts") {
  const Optimizer optimizer{gradus::LearningRate{.rate = 0.5}};
  Vector up{1, 2}, down = up;
  auto state = optimizer.init(up);
  auto other = state;
  optimizer.ascend(up, Vector{2, -4}, state);
  optimizer.descend(down, Vector{2, -4}, other);
  CHECK(up == Vector{2, 0});
  CHECK(down == Vector{0, 4});
  CHECK(state.step() == 1);
}

TEST_CASE("calls: without a policy the update is the gradient") {
  const Optimizer<> optimizer;
  Vector x{1};
  auto state = optimizer.init(x);
  optimizer.ascend(x, Vector{2}, state);
  CHECK(x[0] == 3);
}

TEST_CASE("calls: a lazy gradient that throws when evaluated up front leaves everything unchanged") {
  const auto lazily =
      lazy::anywhere<double>(3000, [](std::size_t i) { return i < 2000 ? 1.0 : throw std::runtime_error("no more"); });
  const auto step = [&](const auto& optimizer) {
    Vector x(3000, 1.0);
    auto state = optimizer.init(x);
    optimizer.ascend(x, Vector(3000, 0.5), state);
    const Vector before = x;
    const auto kept = state;
    CHECK_THROWS_WITH(optimizer.ascend(x, lazily, state), "no more");
    CHECK(x == before);
    CHECK(state == kept);
  };
  step(Optimizer{gradus::Momentum{}});
  step(Optimizer{gradus::ClipNorm{}, gradus::Momentum{}});
  step(Optimizer{gradus::SkipNonFinite{}, gradus::Momentum{}});
}

TEST_CASE("calls: a temporary is a parameter") {
  const Optimizer optimizer{gradus::Momentum{.factor = 0.5}};
  Vector x{1, 2, 3, 4};
  auto state = optimizer.init(std::span(x).subspan(1, 2));
  optimizer.ascend(std::span(x).subspan(1, 2), Vector{10, 20}, state);
  optimizer.descend(std::span(x).subspan(1, 2), Vector{10, 20}, state);
  CHECK(x == Vector{1, 2 + 10 - 5, 3 + 20 - 10, 4});
}

TEST_CASE("calls: get reads and writes a hyper-parameter, by index where a policy stands twice") {
  Optimizer optimizer{gradus::Clip{.value = 1}, gradus::Momentum{}, gradus::Clip{.value = 2}};
  CHECK(std::as_const(optimizer).get<gradus::Momentum>().factor == 0.9);
  CHECK(optimizer.get<gradus::Clip>().value == 1);
  CHECK(optimizer.get<gradus::Clip, 1>().value == 2);
  optimizer.get<gradus::Clip, 1>().value = 3;
  CHECK(optimizer.get<gradus::Clip, 0>().value == 1);
  CHECK(optimizer.get<gradus::Clip, 1>().value == 3);
}

TEST_CASE("calls: the type spells the composition, with every policy's defaults") {
  Optimizer<gradus::Clip, gradus::Momentum, gradus::LearningRate> spelled;
  Optimizer deduced{gradus::Clip{}, gradus::Momentum{}, gradus::LearningRate{}};
  static_assert(std::is_same_v<decltype(spelled), decltype(deduced)>);
  CHECK(spelled.get<gradus::Clip>().value == 1);
  CHECK(spelled.get<gradus::Momentum>().factor == 0.9);
  CHECK(spelled.get<gradus::LearningRate>().rate == 0.01);
}

TEST_CASE("calls: a nested optimizer stands for its policies") {
  using namespace gradus;
  Optimizer nested{Clip{1}, recipe::adam({.lr = 0.01}), Decay{0.999}, MovingAverage{}};
  Optimizer flat{Clip{1}, CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.01}, Decay{0.999}, MovingAverage{}};
  nested.get<LearningRate>().rate = flat.get<LearningRate>().rate = 0.02;
  CHECK(explain(nested) == explain(flat));
  std::vector<double> one{1, 2, 3}, other = one;
  const std::vector<double> gradient{3, 0.1, -2};
  auto state = nested.init(one), same = flat.init(other);
  for (int i = 0; i < 5; ++i) nested.ascend(one, gradient, state), flat.ascend(other, gradient, same);
  CHECK(one == other);
  CHECK((state == same));
  flat.ascend(one, gradient, state);  // both states are of the same flat composition
  CHECK(averages(nested, one, state).values() == averages(flat, one, state).values());
  CHECK(max_stable_rate(Optimizer{Optimizer{Momentum{0.5}}, LearningRate{}}, 4) == doctest::Approx(0.75));
  static_assert(
      std::same_as<detail::Split<Optimizer<Momentum, backend::Serial>, LearningRate>::backend, backend::Serial>);
  static_assert(std::same_as<detail::Split<Optimizer<Momentum>, backend::Serial>::backend, backend::Serial>);
  constexpr Optimizer constant{Optimizer{Momentum{}}, Nesterov{}, LearningRate{}};  // Nesterov finds its momentum
  static_assert(constant.get<Momentum>().factor == 0.9);
}

TEST_CASE("calls: an optimizer is a constant expression") {
  constexpr Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 2}};
  static_assert(optimizer.get<gradus::LearningRate>().rate == 2);
  Vector x{0};
  auto state = optimizer.init(x);
  optimizer.ascend(x, Vector{1}, state);
  CHECK(x[0] == 2);
}

TEST_CASE("calls: backend and observer stand behind the state, in any order") {
  const Optimizer optimizer{gradus::LearningRate{.rate = 0.5}};
  Vector x{0, 0};
  auto state = optimizer.init(x);
  std::vector<gradus::Report> seen;
  const auto see = [&](const gradus::Report& report) { seen.push_back(report); };
  optimizer.ascend(x, Vector{3, 4}, state, see);
  optimizer.ascend(x, Vector{3, 4}, state, gradus::backend::Serial{}, see);
  optimizer.descend(x, Vector{3, 4}, state, see, gradus::backend::Serial{});
  optimizer.ascend(x, Vector{3, 4}, state, gradus::backend::Serial{});
  CHECK(x == Vector{3, 4});
  REQUIRE(seen.size() == 3);
  CHECK(seen[2].step == 3);
  CHECK(seen[2].rate == 0.5);
  CHECK(seen[2].gradient_norm == 5);
}

TEST_CASE("calls: a backend in the type is used, and no policy") {
  const Optimizer optimizer{gradus::backend::Serial{}, gradus::LearningRate{.rate = 0.5}};
  static_assert(std::remove_cvref_t<decltype(optimizer.policies())>::size == 1);
  Vector x{1};
  auto state = optimizer.init(x);
  optimizer.ascend(x, Vector{2}, state);
  CHECK(x[0] == 2);
  CHECK(state.composition() == "gradus::LearningRate");
}

TEST_CASE_TEMPLATE("record always climbs: descending by g equals ascending by -g, bit for bit", T, float, double) {
  const Optimizer optimizer{gradus::Clip{.value = 2},    gradus::Momentum{},       gradus::Nesterov{},
                            gradus::Adaptive{},          gradus::WeightDecay{0.1}, gradus::LearningRate{},
                            gradus::Decay{.factor = 0.9}};
  auto up = support::parameters<T>(37), down = up;
  auto climbing = optimizer.init(up), falling = optimizer.init(down);
  for (unsigned t = 0; t < 5; ++t) {
    const auto g = support::gradient<T>(37, t);
    auto negated = g;
    for (T& x : negated) x = -x;
    optimizer.descend(down, g, falling);
    optimizer.ascend(up, negated, climbing);
    CHECK(climbing == falling);
    CHECK(same_bits(up, down));
  }
}

TEST_CASE("record always climbs: weight decay pulls towards zero in both directions") {
  const Optimizer optimizer{gradus::WeightDecay{.rate = 0.5}};
  Vector up{8, -8}, down = up;
  auto climbing = optimizer.init(up), falling = optimizer.init(down);
  optimizer.ascend(up, Vector{0, 0}, climbing);
  optimizer.descend(down, Vector{0, 0}, falling);
  CHECK(up == Vector{4, -4});
  CHECK(down == Vector{4, -4});
}

TEST_CASE("gradient and update: moments see the effect of a clip in front of them, but not of one behind") {
  Vector x{0}, y{0};
  const Optimizer before{gradus::Clip{.value = 1}, gradus::Adaptive{.beta = 0.5, .epsilon = 0}};
  const Optimizer behind{gradus::Adaptive{.beta = 0.5, .epsilon = 0}, gradus::Clip{.value = 1}};
  auto first = before.init(x), second = behind.init(y);
  before.ascend(x, Vector{4}, first);
  behind.ascend(y, Vector{4}, second);
  CHECK(first.slot<double>("second")[0] == 0.5);
  CHECK(second.slot<double>("second")[0] == 8);
  CHECK(x[0] == doctest::Approx(std::sqrt(2)));
  CHECK(y[0] == 1);
}

TEST_CASE("gradient and update: a clip between two moments leaves the gradient alone") {
  const Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::Clip{.value = 1},
                            gradus::Adaptive{.beta = 0.5, .epsilon = 0}};
  Vector x{0};
  auto state = optimizer.init(x);
  optimizer.ascend(x, Vector{4}, state);
  CHECK(state.slot<double>("velocity")[0] == 4);
  CHECK(state.slot<double>("second")[0] == 8);
}

TEST_CASE("gradient and update: coupled decay is measured, decoupled decay is not") {
  Vector x{2}, y{2};
  const Optimizer coupled{gradus::WeightDecay{.rate = 0.5}, gradus::Adaptive{.beta = 0.5, .epsilon = 0}};
  const Optimizer apart{gradus::Adaptive{.beta = 0.5, .epsilon = 0}, gradus::WeightDecay{.rate = 0.5}};
  auto first = coupled.init(x), second = apart.init(y);
  coupled.ascend(x, Vector{3}, first);
  apart.ascend(y, Vector{3}, second);
  CHECK(first.slot<double>("second")[0] == 2);
  CHECK(second.slot<double>("second")[0] == 4.5);
  CHECK(x[0] == doctest::Approx(2 + std::sqrt(2)));
  CHECK(y[0] == doctest::Approx(2 + std::sqrt(2) - 1));
}

TEST_CASE_TEMPLATE("lane function: a policy written by a user works", T, float, double) {
  const Optimizer optimizer{user::Lion{.look = 0.5, .keep = 0.75}, gradus::LearningRate{.rate = 0.25}};
  std::vector<T> x{1, 1, 1};
  gradus::State state = optimizer.init(x);
  optimizer.descend(x, std::vector<T>{2, -3, 0}, state);
  CHECK(x == std::vector<T>{T(0.75), T(1.25), 1});
  optimizer.descend(x, std::vector<T>{T(-0.25), 3, 0}, state);  // 0.5 * 0.5 - 0.125 > 0: the average still outweighs
  CHECK(x == std::vector<T>{T(0.5), T(1), 1});
  const auto average = state.slot<T>("average");
  CHECK(average[0] == T(-0.3125));  // kept in the ascent direction
}

TEST_CASE("lane function: every backend runs a user's policy to the same bits") {
  const Optimizer optimizer{user::Lion{}, gradus::LearningRate{}};
  auto x = support::parameters<float>(103), y = x;
  auto first = optimizer.init(x), second = optimizer.init(y);
  for (unsigned t = 0; t < 3; ++t) {
    optimizer.descend(x, support::gradient<float>(103, t), first);
    optimizer.descend(y, support::gradient<float>(103, t), second, gradus::backend::Serial{});
  }
  CHECK(same_bits(x, y));
  CHECK(first == second);
}

TEST_CASE_TEMPLATE("after: the bounds of a box are hit exactly", T, float, double) {
  const T high = T(0.1), low = T(-0.3);
  const Optimizer optimizer{gradus::LearningRate{.rate = 1}, user::Box{.low = low, .high = high}};
  std::vector<T> x{T(0.05), T(0.05), T(0.05)};
  auto state = optimizer.init(x);
  optimizer.ascend(x, std::vector<T>{1, -1, T(0.01)}, state);
  CHECK(x == std::vector<T>{high, low, T(0.05) + T(0.01)});
}

TEST_CASE("after: a policy behind apply may keep slots and sees the updated parameter") {
  const Optimizer optimizer{gradus::LearningRate{.rate = 1}, user::Mean{}};
  Vector x{1};
  auto state = optimizer.init(x);
  optimizer.ascend(x, Vector{1}, state);
  optimizer.ascend(x, Vector{2}, state);
  CHECK(x[0] == 4);
  CHECK(state.slot<double>("mean")[0] == 3);
}

TEST_CASE("values: a changed hyper-parameter takes effect in the next step") {
  Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 1}, gradus::Decay{.factor = 0.5}};
  Vector x{0};
  auto state = optimizer.init(x);
  optimizer.ascend(x, Vector{1}, state);  // 1
  optimizer.ascend(x, Vector{1}, state);  // + 0.5 * 1.5
  CHECK(x[0] == 1.75);
  optimizer.get<gradus::Momentum>().factor = 0;
  optimizer.get<gradus::LearningRate>().rate = 2;
  optimizer.get<gradus::Decay>().factor = 1;  // applies from this step on: the two halvings so far stay
  optimizer.ascend(x, Vector{1}, state);
  CHECK(x[0] == 2.25);
}

TEST_CASE("values: checked at construction, and before the first write after a change") {
  CHECK_THROWS_AS(Optimizer{gradus::LearningRate{.rate = -1}}, gradus::Refused);
  Optimizer optimizer{gradus::LearningRate{.rate = 1}};
  Vector x{1};
  auto state = optimizer.init(x);
  const auto before = state;
  optimizer.get<gradus::LearningRate>().rate = std::nan("");
  CHECK_THROWS_AS(optimizer.ascend(x, Vector{1}, state), gradus::Refused);
  CHECK(x[0] == 1);
  CHECK(state == before);
  optimizer.get<gradus::LearningRate>().rate = 2;
  optimizer.ascend(x, Vector{1}, state);
  CHECK(x[0] == 3);
}

TEST_CASE("threads: one const optimizer can step several states at once") {
  const Optimizer optimizer{gradus::Momentum{}, gradus::Adaptive{}, gradus::LearningRate{},
                            gradus::Decay{.factor = 0.9}};
  const auto run = [&](std::uint64_t seed) {
    auto x = support::parameters<double>(500, seed);
    auto state = optimizer.init(x);
    for (unsigned t = 0; t < 50; ++t) optimizer.ascend(x, support::gradient<double>(500, seed + t), state);
    return x;
  };
  std::vector<Vector> found(4);
  std::vector<std::thread> threads;
  for (std::size_t k = 0; k < found.size(); ++k) threads.emplace_back([&, k] { found[k] = run(k); });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t k = 0; k < found.size(); ++k) CHECK(same_bits(found[k], run(k)));
}
