// SPDX-License-Identifier: MIT
#include <gradus/schedule/watched.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace gradus;

namespace {

// Values of an objective that improves, stalls, and improves again.
double value_at(int t) { return t < 5 ? t : t < 12 ? 4 : t; }

/// A scale that is halved after a number of values that did not improve on the best.
class Halved {
 public:
  explicit Halved(int patience) : patience_(patience) {}
  double operator()(double value) {
    if (value > best_) best_ = value, bad_ = 0;
    else if (++bad_ == patience_) scale_ /= 2, bad_ = 0;
    return scale_;
  }

 private:
  int patience_;
  double best_ = -1e300, scale_ = 1;
  int bad_ = 0;
};

constexpr Plateau halved{.factor = 0.5, .patience = 2, .rtol = 0};

}  // namespace

TEST_SUITE_BEGIN("watched");

TEST_CASE("a momentum that follows Plateau falls when the objective stalls") {
  const Optimizer optimizer{follow<&Momentum::factor>(halved, Momentum{0.8}), LearningRate{0.5}};
  double theta = 0, expected = 0, velocity = 0;
  auto state = optimizer.init(theta);
  Halved scale(2);
  for (int t = 1; t <= 20; ++t) {
    const double g = std::cos(t);
    optimizer.ascend(theta, g, state, Value{value_at(t)});
    velocity = 0.8 * scale(value_at(t)) * velocity + g, expected += 0.5 * velocity;
    CHECK(theta == doctest::Approx(expected).epsilon(1e-14));
  }
  CHECK(scale(0) == 0.125);
}

TEST_CASE("when descending, lower values are better") {
  const Optimizer optimizer{follow<&Clip::value>(halved, Clip{1})};
  double theta = 0;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 4; ++t) optimizer.descend(theta, -9.0, state, Value{-1.0 * t});
  CHECK(theta == 4);
  for (int t = 1; t <= 2; ++t) optimizer.descend(theta, -9.0, state, Value{0});
  CHECK(theta == 4 + 1 + 0.5);
}

TEST_CASE("one policy can follow several factors, with and without powers") {
  const Optimizer optimizer{
      follow<&Momentum::dampening>(Warmup{4}, follow<&Momentum::factor>(Decay{0.5}, Momentum{0.8, 0.4}))};
  double theta = 0, expected = 0, velocity = 0;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 8; ++t) {
    optimizer.ascend(theta, 1.0, state);
    velocity = 0.8 * std::pow(0.5, t - 1) * velocity + (1 - 0.4 * std::min(1.0, t / 4.0));
    expected += velocity;
    CHECK(theta == doctest::Approx(expected).epsilon(1e-14));
  }
}

TEST_CASE("a schedule and a factor go together, in either order") {
  const auto falls = [](std::int64_t t) { return 1 / static_cast<double>(t); };
  const Optimizer outside{follow<&LearningRate::rate>(Decay{0.5}, follow<&LearningRate::rate>(falls))};
  const Optimizer inside{follow<&LearningRate::rate>(falls, follow<&LearningRate::rate>(Decay{0.5}))};
  double theta = 0, other = 0, expected = 0;
  auto state = outside.init(theta), of_other = inside.init(other);
  for (int t = 1; t <= 6; ++t) {
    outside.ascend(theta, 1.0, state), inside.ascend(other, 1.0, of_other);
    expected += falls(t) * std::pow(0.5, t - 1);
    CHECK(theta == doctest::Approx(expected).epsilon(1e-15));
    CHECK(other == theta);
  }
}

TEST_CASE("a correction uses the product of the past betas") {
  const Optimizer optimizer{follow<&CorrectedMomentum::factor>(halved, CorrectedMomentum{0.8})};
  double theta = 0, mean = 0, product = 1;
  auto state = optimizer.init(theta);
  Halved scale(2);
  for (int t = 1; t <= 20; ++t) {
    const double g = std::cos(t), beta = 0.8 * scale(value_at(t));
    theta = 0;
    optimizer.ascend(theta, g, state, Value{value_at(t)});
    mean = beta * mean + (1 - beta) * g, product *= beta;
    CHECK(theta == doctest::Approx(mean / (1 - product)).epsilon(1e-13));
  }
}

TEST_CASE("following a factor does not change the update's structure: cost and bits stay the same") {
  const Optimizer plain{Momentum{0.9}, Nesterov{}, Adaptive{}, LearningRate{0.1}, Warmup{3}};
  const Optimizer watching{follow<&Momentum::dampening>(Decay{0.5}), Nesterov{}, follow<&Adaptive::beta>(Decay{1}),
                           follow<&LearningRate::rate>(Decay{1}, LearningRate{0.1}), Warmup{3}};
  using Plain = std::remove_const_t<decltype(plain)>;
  using Watching = std::remove_const_t<decltype(watching)>;
  static_assert(cost<Watching>.bytes == cost<Plain>.bytes);
  std::vector<float> theta{1, 2, 3}, other = theta;
  auto state = plain.init(theta);
  auto of_other = watching.init(other);
  for (std::uint64_t t = 1; t <= 9; ++t) {
    const auto g = support::gradient<float>(3, t);
    plain.ascend(theta, g, state), watching.ascend(other, g, of_other);
    CHECK(support::same_bits(theta, other));  // a dampening of 0 stays 0, and a decay by 1 changes nothing
  }
}

TEST_CASE("a watched factor belongs to the run: in restored and bound runs, leaf by leaf and in parts") {
  using Set = std::vector<std::vector<double>>;
  const Optimizer optimizer{follow<&Momentum::factor>(halved, Momentum{0.8}), LearningRate{0.1}};
  const Partition parts{for_leaves(Named{"[0]"}, optimizer), for_others(optimizer)};
  Set theta{{1, 2}, {3}}, restored, bound = theta, by_leaf = theta, parted = theta, g = theta;
  auto state = optimizer.init(theta), of_restored = state, of_bound = state, of_leaf = state;
  auto of_parts = parts.init(parted);
  auto steps = optimizer.bind(bound, g, of_bound);
  for (int t = 1; t <= 20; ++t) {
    for (auto& leaf : g)
      for (double& x : leaf) x = std::cos(x + t);
    const Value value{value_at(t)};
    optimizer.ascend(theta, g, state, value), steps.ascend(value), parts.ascend(parted, g, of_parts, value);
    auto step = optimizer.begin_ascent(by_leaf, of_leaf, value);
    step.leaf(1, g[1]), step.leaf(0, g[0]), step.end();
    if (t == 9) {
      restored = theta, of_restored.step(state.step());
      std::vector<std::vector<double>> kept;
      state.visit([&](std::string_view, std::string_view, std::span<const double> x) {
        kept.emplace_back(x.begin(), x.end());
      });
      of_restored.visit([&, k = std::size_t{0}](std::string_view, std::string_view, std::span<double> x) mutable {
        std::copy(kept[k].begin(), kept[k].end(), x.begin()), ++k;
      });
    }
    if (t > 9) optimizer.ascend(restored, g, of_restored, value);
    CHECK(bound == theta);
    CHECK(by_leaf == theta);
    CHECK(parted == theta);
    if (t >= 9) CHECK(restored == theta);
  }
}

TEST_CASE("a watched factor updates in every step, inside conditions and masks too") {
  const Optimizer inside{when(Every{2}, follow<&WeightDecay::rate>(halved, WeightDecay{0.5}))};
  const Optimizer outside{follow<&WeightDecay::rate>(halved, when(Every{2}, WeightDecay{0.5}))};
  double theta = 1, other = 1, expected = 1;
  auto state = inside.init(theta), of_other = outside.init(other);
  Halved scale(2);
  for (int t = 1; t <= 20; ++t) {
    inside.ascend(theta, 1.0, state, Value{value_at(t)}), outside.ascend(other, 1.0, of_other, Value{value_at(t)});
    const double rate = 0.5 * scale(value_at(t));
    expected += 1 - (t % 2 == 0 ? rate * expected : 0);
    CHECK(theta == doctest::Approx(expected).epsilon(1e-14));
    CHECK(other == theta);
  }
  const Optimizer hidden{masked(follow<&WeightDecay::rate>(Decay{0.5}, WeightDecay{0.5}))};
  std::vector<double> all{1, 1};
  auto of_all = hidden.init(all);
  of_all.slot<double>("mask")[0] = 0;
  hidden.ascend(all, std::vector<double>{1, 1}, of_all), hidden.ascend(all, std::vector<double>{1, 1}, of_all);
  CHECK(all == std::vector<double>{3, 1.5 + 1 - 0.25 * 1.5});
}

TEST_CASE("some leaves can have their own value while the others follow") {
  const Optimizer optimizer{
      by_leaf<&WeightDecay::rate>({{"[1]", 0.25}}, follow<&WeightDecay::rate>(Decay{0.5}, WeightDecay{0.5}))};
  std::vector<std::vector<double>> theta{{1}, {1}}, g{{0}, {0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state), optimizer.ascend(theta, g, state);
  CHECK(theta[0][0] == 0.5 * 0.75);
  CHECK(theta[1][0] == 0.75 * 0.75);
}

TEST_CASE("the factor and its hyper-parameter can be changed between steps") {
  Optimizer optimizer{follow<&LearningRate::rate>(Decay{0.5}, LearningRate{1})};
  double theta = 0;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state), optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1.5);
  optimizer.get<LearningRate>().rate = 8, schedule_of<&LearningRate::rate>(optimizer).factor = 0.25;
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1.5 + 8 * 0.25);  // the power was a half and is multiplied by a half
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 3.5 + 8 * 0.0625);
}

TEST_CASE("a product out of range is refused, and the step changes nothing") {
  double theta = 0;
  const Optimizer optimizer{follow<&Momentum::factor>(Decay{2}, Momentum{0.4})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state), optimizer.ascend(theta, 1.0, state);
  const double before = theta;
  const auto state_before = state;
  CHECK_THROWS_WITH(optimizer.ascend(theta, 1.0, state),
                    "gradus: in step 3, Momentum.factor is 1.6: give a number in [0, 1)");
  CHECK(theta == before);
  CHECK((state == state_before));
  CHECK_THROWS_WITH((Optimizer{follow<&Momentum::factor>(Plateau{.patience = 0})}),
                    "gradus: Plateau.patience is 0: give a number from 1 to infinity");
}

namespace {

struct FactorOfRate {
  double rate_at(const Step& step) const { return step.rate; }
};

}  // namespace

TEST_CASE("a factor of a hyper-parameter that reads the rate in force, which is not known yet, is refused") {
  double theta = 1;
  const Optimizer optimizer{LearningRate{0.5}, follow<&WeightDecay::rate>(FactorOfRate{}, WeightDecay{0.1})};
  auto state = optimizer.init(theta);
  CHECK_THROWS_WITH(optimizer.ascend(theta, 0.0, state), doctest::Contains("WeightDecay.rate is"));
  CHECK(theta == 1);
}

TEST_CASE("explain names the factor, and the driver works with it") {
  const Optimizer optimizer{follow<&Momentum::factor>(halved), LearningRate{0.1}};
  CHECK(explain(optimizer).find("factor follows Plateau") != std::string::npos);
  std::vector<double> theta{3, -2};
  const auto f = [](const std::vector<double>& x, std::vector<double>& g) {
    g = {-x[0], -x[1]};
    return -(x[0] * x[0] + x[1] * x[1]) / 2;
  };
  const auto result = maximize(f, theta, optimizer, {.steps = 500, .gradient_norm = 1e-9});
  CHECK(result.reason == Stop::gradient_norm);
  CHECK(std::abs(theta[0]) < 1e-8);
}

TEST_SUITE_END();
