// SPDX-License-Identifier: MIT
#include <gradus/schedule/when.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("when");

namespace {

/// Makes everything infinite.
struct Explode {
  static constexpr void apply(Record& r) { r.update = r.update / 0.0; }
};

/// Doubles the step in every step, using a number that it keeps.
struct Doubling {
  static constexpr Name kept[]{"size"};
  static constexpr Name scalars[]{"size"};
  static constexpr bool grows = true;
  constexpr std::array<double, 1> start() const { return {1}; }
  constexpr std::array<double, 1> next(const Step& step) const { return {2 * step.before[0]}; }
  constexpr std::array<double, 1> at(const Step& step) const { return {step.now[0]}; }
  static constexpr void apply(Record& r, Lane size) { r.update = size * r.update; }
};

constexpr auto third = [](const Step& step) { return step.count % 3 == 0; };

/// Runs a conditional optimizer beside a hand-written step.
template <class Optimizer, class Choose>
void same_as_chosen(const Optimizer& optimizer, Choose choose) {
  double theta = 1, other = 1;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 12; ++t) {
    const double g = 4 * std::sin(t);
    optimizer.ascend(theta, g, state);
    choose(t, other, g);
    CHECK(theta == other);
  }
}

}  // namespace

TEST_CASE("a text acts in its steps, and is not there in the others") {
  same_as_chosen(Optimizer{when(third, Clip{0.5}), LearningRate{0.125}}, [](int t, double& theta, double g) {
    theta += 0.125 * (t % 3 == 0 ? std::fmin(std::fmax(g, -0.5), 0.5) : g);
  });
}

TEST_CASE("a slot is unchanged while its policy rests") {
  double v = 0;
  same_as_chosen(Optimizer{when(third, Momentum{0.5})}, [&](int t, double& theta, double g) {
    if (t % 3 == 0) v = 0.5 * v + g;
    theta += t % 3 == 0 ? v : g;
  });
}

TEST_CASE("a clock stands still while its policy rests") {
  double mean = 0, s = 0, kept = 1;
  int acted = 0;
  same_as_chosen(Optimizer{when(third, CorrectedMomentum{0.5}), when(Every{2}, CorrectedAdaptive{0.75, 1})},
                 [&, even = 0](int t, double& theta, double g) mutable {
                   double u = g;
                   if (t % 3 == 0) mean = 0.5 * mean + 0.5 * g, u = mean * (1 / (1 - std::pow(0.5, ++acted)));
                   if (t % 2 == 0) {
                     const double root = std::sqrt(1 - std::pow(0.75, ++even));
                     s = 0.75 * s + 0.25 * g * g, u = u * root / (std::sqrt(s) + root);
                   }
                   theta += u;
                 });
  same_as_chosen(Optimizer{when(third, Doubling{})}, [&](int t, double& theta, double g) {
    if (t % 3 == 0) kept *= 2;
    theta += t % 3 == 0 ? kept * g : g;
  });
}

TEST_CASE("an average of every fifth step continues in a copied state") {
  const Optimizer optimizer{LearningRate{1}, when(Every{5}, TailAverage{1})};
  double theta = 0, sum = 0;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 30; ++t) {
    optimizer.ascend(theta, 1.0, state);
    if (t > 10 && t % 5 == 0) sum += theta;
    if (t == 17) state = State(state);
  }
  CHECK(averages(optimizer, theta, state).values() == doctest::Approx(sum / 4));
}

TEST_CASE("a leaf's clock stands still while the policy rests for that leaf") {
  const Optimizer optimizer{when([](std::string_view leaf) { return leaf == "[1]"; }, CorrectedAdaptive{0.5, 0})};
  std::pair<double, double> theta{0, 0};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::pair<double, double>{3, 3}, state);
  CHECK(theta.first == 3);
  CHECK(theta.second == doctest::Approx(1));
}

TEST_CASE("a conditional norm clip changes the gradient that moments measure") {
  double s = 0;
  same_as_chosen(Optimizer{when(Until{4}, ClipNorm{0.5}), Adaptive{0.5, 1}}, [&](int t, double& theta, double g) {
    const double clipped = t <= 4 && std::abs(g) > 0.5 ? 0.5 / std::abs(g) * g : g;
    s = 0.5 * s + 0.5 * clipped * clipped;
    theta += clipped / (std::sqrt(s) + 1);
  });
}

TEST_CASE("a resting factor is 1, and a resting divisor does not divide") {
  same_as_chosen(Optimizer{when(From{5}, LearningRate{0.25})},
                 [](int t, double& theta, double g) { theta += t >= 5 ? 0.25 * g : g; });
  double s = 0;
  same_as_chosen(Optimizer{SumOfSquares{}, when(Every{2}, DivideByRoot{0})}, [&](int t, double& theta, double g) {
    s += g * g;
    theta += t % 2 == 0 ? g / std::sqrt(s) : g;
  });
}

TEST_CASE("a factor counts the steps it acts in") {
  same_as_chosen(Optimizer{when(From{5}, Decay{0.5})},
                 [](int t, double& theta, double g) { theta += t >= 5 ? std::pow(0.5, t - 5) * g : g; });
  same_as_chosen(Optimizer{LearningRate{0.5}, when(third, Warmup{4})}, [](int t, double& theta, double g) {
    theta += (t % 3 == 0 ? std::fmin(1, t / 3 / 4.0) : 1) * 0.5 * g;
  });
  int acted = 0;
  same_as_chosen(Optimizer{when(third, follow<&LearningRate::rate>([](std::int64_t t) { return 1.0 / double(t); }))},
                 [&](int t, double& theta, double g) { theta += t % 3 == 0 ? g / t : g, acted += t % 3 == 0; });
  CHECK(acted == 4);
}

TEST_CASE("a factor that no step changes needs no clock, and can be differentiated") {
  static_assert(kept_count<When<LearningRate, From>> == 0 && kept_count<When<Warmup, From>> == 1);
  static_assert(
      detail::declared_right<decltype(differentiated<&LearningRate::rate>(when(Until{5}, LearningRate{0.5})))>());
  same_as_chosen(Optimizer{when(Until{5}, LearningRate{0.25})},
                 [](int t, double& theta, double g) { theta += t <= 5 ? 0.25 * g : g; });
}

TEST_CASE("a factor of the objective sees only the values of the steps it acts in") {
  const Optimizer optimizer{when(From{4}, Plateau{.factor = 0.5, .patience = 2})};
  double theta = 0;
  auto state = optimizer.init(theta);
  const double values[]{9, 9, 9, 1, 1, 1, 1, 2, 2, 2}, factors[]{1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25};
  for (int t = 1; t <= 10; ++t) {
    const double before = theta;
    optimizer.ascend(theta, 1.0, state, Value{values[t - 1]});
    CHECK(theta - before == factors[t - 1]);
    if (t == 5) state = State(state);
  }
}

TEST_CASE("the result that a resting policy would have computed is ignored, even if infinite") {
  double theta = 0;
  const Optimizer optimizer{when([](const Step&) { return false; }, Explode{})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1);
}

TEST_CASE("a conditional policy's hyper-parameter may follow a schedule, in either nesting") {
  const auto value = [](std::int64_t t) { return 1.0 / static_cast<double>(t); };
  const auto expected = [&](int t, double& theta, double g) {
    const double limit = value(t);
    theta += t % 3 == 0 ? std::fmin(std::fmax(g, -limit), limit) : g;
  };
  same_as_chosen(Optimizer{follow<&Clip::value>(value, when(third, Clip{}))}, expected);
  same_as_chosen(Optimizer{when(third, follow<&Clip::value>(value))}, expected);
}

TEST_CASE("a condition on a policy with sums per leaf, and leaves without a gradient") {
  std::vector<std::vector<double>> theta{{0}, {0}};
  const Optimizer optimizer{when(Every{2}, ClipLeafNorm{1})};
  auto state = optimizer.init(theta);
  const std::vector<std::optional<std::vector<double>>> first{{{3}}, {}};
  optimizer.ascend(theta, first, state);
  optimizer.ascend(theta, std::vector<std::vector<double>>{{3}, {-3}}, state);
  CHECK(theta == std::vector<std::vector<double>>{{4}, {-1}});
}

TEST_CASE("a condition on names restricts a policy to those leaves") {
  std::map<std::string, std::vector<double>> theta{{"bias", {1}}, {"weight", {1, -1}}},
      gradient{{"bias", {0}}, {"weight", {0, 0}}};
  const Optimizer optimizer{when([](std::string_view leaf) { return leaf.ends_with("weight"); }, WeightDecay{0.25})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  CHECK(theta["bias"] == std::vector<double>{1});
  CHECK(theta["weight"] == std::vector<double>{0.75, -0.75});
}

TEST_CASE("a conditional constraint rests in some steps or for some leaves; the next one continues from there") {
  same_as_chosen(Optimizer{LearningRate{0.5}, when(third, Box{-1, 1})}, [](int t, double& theta, double g) {
    theta += 0.5 * g;
    if (t % 3 == 0) theta = std::fmin(std::fmax(theta, -1), 1);
  });
  std::vector<std::vector<double>> theta{{3, 4}, {3, 4}};
  const Optimizer optimizer{when([](std::string_view leaf) { return leaf.ends_with("[1]"); }, Sphere{10}), Box{0, 7}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<std::vector<double>>{{0, 0}, {0, 0}}, state);
  CHECK(theta == std::vector<std::vector<double>>{{3, 4}, {6, 7}});
}

TEST_CASE("iterated sums can be conditional on a leaf") {
  std::vector<std::vector<double>> theta{{2, 1, -5}, {2, 1, -5}};
  const Optimizer optimizer{when([](std::string_view leaf) { return leaf.ends_with("[0]"); }, Simplex{2})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<std::vector<double>>{{0, 0, 0}, {0, 0, 0}}, state);
  CHECK(theta == std::vector<std::vector<double>>{{1.5, 0.5, 0}, {2, 1, -5}});
}

TEST_CASE("an invalid condition is refused when the optimizer is made") {
  CHECK_THROWS_WITH_AS((Optimizer{when(Every{0}, Clip{1})}), doctest::Contains("Every.steps is 0"), Refused);
  CHECK_THROWS_WITH_AS((Optimizer{when(Every{0}, TailAverage{})}), doctest::Contains("Every.steps is 0"), Refused);
}

TEST_CASE("hyper-parameters are those of the policy, and checked as such") {
  CHECK_THROWS_AS((Optimizer{when(Every{2}, Clip{-1})}), Refused);
}

TEST_CASE("a condition that refuses for one leaf leaves all others as they were") {
  std::vector<std::vector<double>> theta{{1}, {2}, {3}};
  const auto start = theta;
  std::string bad = "none";
  const auto condition = [&](std::string_view leaf) -> bool {
    if (leaf == bad) refuse("not this leaf");
    return true;
  };
  const Optimizer optimizer{when(condition, Momentum{}), LearningRate{1}};
  State state = optimizer.init(theta);
  const State before = state;
  for (const char* leaf : {"[0]", "[1]", "[2]"}) {
    bad = leaf;
    CHECK_THROWS_AS(optimizer.ascend(theta, start, state), Refused);
    CHECK(theta == start);
    CHECK(state == before);
  }
}

TEST_CASE("growth is judged over the steps in which a condition holds, whether it has a period or not") {
  const auto odd = [](const Step& step) { return step.count % 2 == 1; };
  CHECK_THROWS_AS((Optimizer{when(Every{2}, WeightDecay{50}), LearningRate{0.1}}), Refused);
  CHECK_THROWS_AS((Optimizer{when(odd, WeightDecay{50}), LearningRate{0.1}}), Refused);
  CHECK_NOTHROW((Optimizer{when(odd, WeightDecay{5}), LearningRate{0.1}}));
}

TEST_CASE("a policy that keeps numbers beside powers does so in its own time") {
  const ScheduledMomentum momentum{.factor = 0.9, .decay = 0.25};
  const Optimizer rests{when(Every{2}, momentum), LearningRate{0.1}};
  const Optimizer acts{momentum, LearningRate{0.1}};
  double theta = 0, own = 0;
  auto state = rests.init(theta), own_state = acts.init(own);
  for (int t = 1; t <= 10; ++t) {
    const double gradient = 1 + 0.5 * t, before = theta;
    rests.ascend(theta, gradient, state);
    if (t % 2 != 0) {
      CHECK(theta == before + 0.1 * gradient);
      continue;
    }
    const double own_before = own;
    acts.ascend(own, gradient, own_state);
    CHECK(theta - before == doctest::Approx(own - own_before).epsilon(1e-12));
  }
}

TEST_SUITE_END();
