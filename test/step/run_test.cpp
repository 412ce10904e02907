// SPDX-License-Identifier: MIT
#include <gradus/step/run.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/user_policies.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace gradus;

namespace {

// Splits a tensor into leaves at random places; some of them are empty.
template <class T>
std::vector<std::vector<T>> cut(const std::vector<T>& whole, std::uint64_t seed) {
  support::Random random(seed);
  std::vector<std::vector<T>> leaves;
  for (auto from = whole.begin(); from != whole.end();) {
    const auto left = static_cast<std::size_t>(whole.end() - from);
    const auto to = from + static_cast<std::ptrdiff_t>(std::min(left, random.below(700)));
    leaves.emplace_back(from, to), from = to;
  }
  return leaves;
}

template <class T>
std::vector<T> joined(const std::vector<std::vector<T>>& leaves) {
  std::vector<T> whole;
  for (const auto& leaf : leaves) whole.insert(whole.end(), leaf.begin(), leaf.end());
  return whole;
}

template <class T, class Optimizer>
void split_changes_nothing(const Optimizer& optimizer) {
  for (const std::uint64_t seed : support::Sizes{1, 2, 3}) {
    auto whole = support::parameters<T>(9001);
    auto leaves = cut(whole, seed);
    auto state = optimizer.init(whole), leaves_state = optimizer.init(leaves);
    for (std::uint64_t step = 0; step < 3; ++step) {
      const auto gradient = support::gradient<T>(whole.size(), step);
      optimizer.ascend(whole, gradient, state);
      optimizer.ascend(leaves, cut(gradient, seed), leaves_state);
    }
    CHECK(support::same_bits(joined(leaves), whole));
  }
}

// Observed steps, and steps of views, use the general code path.
template <class T, class Optimizer>
void goes_both_ways(const Optimizer& optimizer, const std::vector<std::vector<T>>& gradients) {
  std::vector<T> quick = support::parameters<T>(gradients.front().size()), general = quick, bound = quick;
  auto quick_state = optimizer.init(quick), general_state = quick_state, bound_state = quick_state;
  for (const auto& gradient : gradients) {
    optimizer.ascend(quick, gradient, quick_state);
    optimizer.ascend(general, gradient, general_state, [](const Report&) {});
    optimizer.bind(bound, gradient, bound_state).ascend();
    CHECK(support::same_bits(quick, general));
    CHECK(support::same_bits(bound, general));
    CHECK(quick_state == general_state);
    CHECK(bound_state == general_state);
  }
}

}  // namespace

TEST_SUITE_BEGIN("run");

TEST_CASE_TEMPLATE("the fast path for one contiguous leaf matches the general path for any gradient", T, float,
                   double) {
  constexpr T huge = std::numeric_limits<T>::max() / 2, tiny = std::numeric_limits<T>::min();
  constexpr T endless = std::numeric_limits<T>::infinity(), none = std::numeric_limits<T>::quiet_NaN();
  for (const std::size_t size : support::Sizes{1, 3, 5, 40, 5000}) {
    std::vector<std::vector<T>> ordinary(3), extreme, broken;
    for (std::size_t k = 0; k < 3; ++k) ordinary[k] = support::gradient<T>(size, k);
    extreme = ordinary;
    for (const T x : {T(0), huge, tiny}) extreme.push_back(std::vector<T>(size, x));
    broken = extreme;
    for (const T x : {endless, none}) broken.push_back(support::gradient<T>(size, 7)), broken.back().back() = x;
    broken.push_back(ordinary[0]);

    goes_both_ways<T>(Optimizer{Momentum{}, LearningRate{}}, broken);
    goes_both_ways<T>(Optimizer{ClipNorm{}, Momentum{}, LearningRate{}}, extreme);
    goes_both_ways<T>(Optimizer{ClipNorm{.order = 1}, ClipNorm{.norm = 0.1}, LearningRate{}}, extreme);
    goes_both_ways<T>(Optimizer{ClipNorm{}, ClipNorm{.norm = 0.5}, LearningRate{}}, extreme);
    goes_both_ways<T>(Optimizer{Momentum{}, ClipNorm{}, LearningRate{}}, extreme);
    goes_both_ways<T>(Optimizer{SkipNonFinite{}, Momentum{}, LearningRate{}}, broken);
    goes_both_ways<T>(Optimizer{SkipNonFinite{}, ClipNorm{}, Momentum{}, LearningRate{}}, broken);
    goes_both_ways<T>(Optimizer{Accumulate{2}, ClipNorm{}, LearningRate{}}, extreme);
    goes_both_ways<T>(Optimizer{Normalize{}, TrustRatio{}, LearningRate{}}, extreme);
  }
}

TEST_CASE_TEMPLATE("a tensor split into leaves keeps every bit, norms included", T, float, double) {
  split_changes_nothing<T>(Optimizer{ClipNorm{3}, Momentum{}, LearningRate{}});
  split_changes_nothing<T>(Optimizer{ClipNorm{3, 3}, Momentum{}, LearningRate{}});
  split_changes_nothing<T>(Optimizer{Momentum{}, Nesterov{}, Adaptive{}, ClipNorm{0.1, 1}, LearningRate{}, Decay{0.9}});
  split_changes_nothing<T>(Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, WeightDecay{}, LearningRate{}});
}

TEST_CASE("a leaf without a gradient is untouched, and its own clock stands") {
  std::map<std::string, std::vector<double>> theta{{"a", {0}}, {"b", {0}}};
  Optimizer optimizer{CorrectedMomentum{0.5}, Warmup{4}};
  auto state = optimizer.init(theta);
  using Gradient = std::map<std::string, std::vector<double>>;
  optimizer.ascend(theta, Gradient{{"a", {8}}}, state);
  CHECK(theta["a"][0] == 2);  // a quarter of the corrected 8
  CHECK(theta["b"][0] == 0);
  CHECK(state.slot<double>("velocity", "b")[0] == 0);
  optimizer.ascend(theta, Gradient{{"a", {8}}, {"b", {8}}}, state);
  CHECK(theta["a"][0] == 2 + 4);
  CHECK(theta["b"][0] == 4);  // its first step, the run's second
  CHECK(state.step() == 2);
  optimizer.ascend(theta, Gradient{{"b", {8}}}, state);
  CHECK(theta["a"][0] == 6);
  CHECK(theta["b"][0] == 4 + 6);  // its second step: 3/4 of the corrected 8, by its own count
}

TEST_CASE("a step without any gradient is a step of the run") {
  std::tuple<double> theta{1};
  using Gradient = std::tuple<std::optional<double>>;
  Optimizer optimizer{Momentum{}, Decay{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Gradient{}, state);
  CHECK(std::get<0>(theta) == 1);
  CHECK(state.step() == 1);
  optimizer.ascend(theta, Gradient{8}, state);
  CHECK(std::get<0>(theta) == 1 + 4);
}

TEST_CASE("the parameters may be their own gradient") {
  std::vector<double> theta{4, -8};
  Optimizer optimizer{LearningRate{0.25}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, theta, state);
  CHECK(theta == std::vector<double>{3, -6});
}

TEST_CASE("an observer passed to a step sees every step, after the policies") {
  std::vector<std::int64_t> seen;
  double theta = 0;
  Optimizer optimizer{LearningRate{0.5}, Warmup{2}};
  auto state = optimizer.init(theta);
  double rates = 0, norms = 0;
  const auto observe = [&](const Report& report) {
    seen.push_back(report.step), rates += report.rate, norms += report.gradient_norm;
  };
  optimizer.ascend(theta, 3.0, state, observe);
  optimizer.descend(theta, -4.0, state);
  optimizer.descend(theta, -4.0, state, observe);
  CHECK(seen == std::vector<std::int64_t>{1, 3});
  CHECK(rates == 0.25 + 0.5);
  CHECK(norms == 7);
}

TEST_CASE("a second norm may depend on the first") {
  std::vector<double> theta{0, 0};
  Optimizer optimizer{ClipNorm{5}, Momentum{0.5}, ClipNorm{6}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{6, 8}, state);  // 3, 4
  CHECK(theta == std::vector<double>{3, 4});
  optimizer.ascend(theta, std::vector<double>{6, 8}, state);  // v = 4.5, 6 has norm 7.5, limited to 6
  CHECK(theta[0] == doctest::Approx(3 + 3.6));
  CHECK(theta[1] == doctest::Approx(4 + 4.8));
}

TEST_CASE("a norm can update kept numbers, and scalars can use them") {
  std::vector<double> theta{0, 0};
  Optimizer optimizer{user::ClipSpike{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{3, 4}, state);    // mean 5
  optimizer.ascend(theta, std::vector<double>{30, 40}, state);  // limited to 10, mean 7.5
  CHECK(theta[0] == doctest::Approx(3 + 6));
  optimizer.ascend(theta, std::vector<double>{0, 40}, state);  // limited to 15
  CHECK(theta[1] == doctest::Approx(4 + 8 + 15));
  auto copy = state;
  auto x = theta, y = theta;
  optimizer.ascend(x, std::vector<double>{1, 100}, state);
  optimizer.ascend(y, std::vector<double>{1, 100}, copy);
  CHECK(x == y);
  CHECK(state == copy);
}

TEST_CASE("numbers kept per leaf stay unchanged while the leaf has no gradient") {
  using Set = std::map<std::string, std::vector<double>>;
  Set theta{{"a", {0}}, {"b", {0}}};
  Optimizer optimizer{user::Share{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Set{{"a", {1}}}, state);
  optimizer.ascend(theta, Set{{"a", {1}}, {"b", {1}}}, state);
  CHECK(theta == Set{{"a", {1.5}}, {"b", {1}}});
}

TEST_CASE("slots start at a constant, a hyper-parameter, or the parameter, also of a strided view") {
  Optimizer optimizer{SumOfSquares{.initial = 9}, DivideByRoot{.epsilon = 0}, user::Tether{.rate = 0.5},
                      LearningRate{0.5}};
  xt::xtensor<double, 2> table{{1, 2}, {3, 4}};
  auto column = xt::view(table, xt::all(), 1);
  auto state = optimizer.init(column);
  CHECK(state.slot<double>("sum")[1] == 9);
  CHECK(state.slot<double>("start")[0] == 2);
  CHECK(state.slot<double>("start")[1] == 4);
  optimizer.ascend(column, std::vector<double>{4, 0}, state);  // 4 / sqrt(9 + 16)
  CHECK(table(0, 1) == doctest::Approx(2.4));
  CHECK(table(1, 1) == 4);
  for (int t = 0; t < 200; ++t) optimizer.ascend(column, std::vector<double>{0, 0}, state);
  CHECK(table(0, 1) == doctest::Approx(2).epsilon(1e-12));
  optimizer.get<SumOfSquares>().initial = 1;
  CHECK(optimizer.init(column).slot<double>("sum")[0] == 1);
}

TEST_CASE("a proximal step scales with the rate in force, so its fixed point does not depend on the rate") {
  // The maximum of -(x - a)^2 / 2 - |x| is at sign(a) max(|a| - 1, 0), whatever the rates on the way.
  const std::vector<double> a{3, -2.5, 0.5};
  std::vector<double> x{-1, 5, 5};
  Optimizer optimizer{LearningRate{0.5}, user::Lasso{1}, Warmup{10}, Decay{0.99}};
  auto state = optimizer.init(x);
  for (int t = 0; t < 300; ++t) {
    std::vector<double> gradient(3);
    for (std::size_t i = 0; i < 3; ++i) gradient[i] = a[i] - x[i];
    optimizer.ascend(x, gradient, state);
  }
  CHECK(x[0] == doctest::Approx(2).epsilon(1e-9));
  CHECK(x[1] == doctest::Approx(-1.5).epsilon(1e-9));
  CHECK(x[2] == 0);
}

namespace {

// Sums twice the gradients of two calls: its text and what it gathers by get a number drawn for each element.
struct GathersByDrawn {
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{"sum"}};
  static constexpr Name kept[]{"gathered"};
  static constexpr Name draws[]{"two"};
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const Step&) const { return {0}; }
  constexpr bool gathers(double gathered) const { return gathered < 1; }
  template <class T>
  void draw(const Draw&, std::size_t size, T* to) const {
    std::fill_n(to, size, T(2));
  }
  static constexpr void gather(Record& r, Lane& sum, Lane two) { sum = sum + two * r.gradient; }
  static constexpr void apply(Record& r, Lane& sum, Lane two) {
    r.update = sum + two * r.gradient;
    sum = 0;
  }
};

}  // namespace

TEST_CASE("a call that gathers gets drawn numbers too") {
  std::vector<double> x{1, 1};
  const std::vector<double> g{1, 2};
  const Optimizer optimizer{GathersByDrawn{}, LearningRate{1}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, g, state);
  CHECK(x == std::vector<double>{1, 1});
  optimizer.ascend(x, g, state);
  CHECK(x == std::vector<double>{5, 9});
}

TEST_CASE("a condition that throws for a later leaf stops a call that gathers before it writes") {
  std::vector<std::vector<double>> x{{1}, {1}};
  const auto g = x;
  bool bad = false;
  const auto condition = [&](std::string_view leaf) {
    if (bad && leaf == "[1]") throw std::runtime_error("no");
    return true;
  };
  const Optimizer optimizer{Accumulate{2}, when(condition, WeightDecay{0.1}), LearningRate{0.5}};
  auto state = optimizer.init(x);
  const auto before = state;
  bad = true;
  CHECK_THROWS_AS(optimizer.descend(x, g, state), std::runtime_error);
  CHECK((state == before));
  CHECK(x == g);
}

TEST_CASE("nor does such a call end the count of skipped steps") {
  std::vector<double> x{1};
  bool bad = false;
  const auto condition = [&](std::string_view) { return bad ? throw std::runtime_error("no") : true; };
  const Optimizer optimizer{SkipNonFinite{}, Accumulate{2}, when(condition, WeightDecay{0.1}), LearningRate{0.5}};
  auto state = optimizer.init(x);
  optimizer.descend(x, std::vector{std::nan("")}, state);
  bad = true;
  CHECK_THROWS_AS(optimizer.descend(x, std::vector{1.0}, state), std::runtime_error);
  CHECK(state.skipped_in_a_row() == 1);
  bad = false;
  optimizer.descend(x, std::vector{1.0}, state);
  CHECK(state.skipped_in_a_row() == 0);
}

TEST_SUITE_END();
