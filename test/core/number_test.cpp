// SPDX-License-Identifier: MIT
#include <gradus/core/number.hpp>

#include <gradus/optimizer.hpp>

#include "support/dual.hpp"

#include <doctest/doctest.h>
#include <boost/multiprecision/cpp_bin_float.hpp>

#include <array>
#include <complex>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <vector>

using namespace gradus;

/// 34 digits, from a library that knows nothing about this one.
using Quad = boost::multiprecision::cpp_bin_float_quad;

template <>
struct gradus::number_traits<Quad> {
  static constexpr bool real = true;
  static double value(const Quad& x) { return x.convert_to<double>(); }
};

/// Like `__float128`, it may lack a root of its own; then the root of its double is used.
struct Lent {
  double x = 0;
  constexpr operator double() const { return x; }
};
double sqrt(Lent x);
template <>
struct gradus::number_traits<Lent> : gradus::number_traits<Quad> {
  static double value(const Lent& y) { return y.x; }
};

TEST_SUITE_BEGIN("number");

static_assert(SteppedNumber<Dual> && SteppedNumber<Quad>);
static_assert(CustomNumber<Lent> && !SteppedNumber<Lent>);

static_assert(CustomNumber<Dual> && CarryingNumber<Dual> && DualNumber<Dual>);
static_assert(CustomNumber<Quad> && !CarryingNumber<Quad> && !DualNumber<Quad>);
static_assert(!CustomNumber<double> && !CustomNumber<std::complex<double>>);
static_assert(Tensor<std::vector<Dual>> && Tensor<Dual> && Tensor<std::span<Dual, 3>>);
static_assert(std::same_as<number_value_t<Dual>, double> && std::same_as<number_value_t<float>, float>);

namespace {

// x^4 / 4 - x, a function whose derivative is known everywhere.
template <class T>
T cubic(T x) {
  return x * x * x - T(1);
}

/// A run from `start`.
template <class T, class Optimizer>
T run(const Optimizer& optimizer, T start, int steps) {
  std::vector<T> x{start, start, start}, gradient(3);
  auto state = optimizer.init(x);
  for (int t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < 3; ++i) gradient[i] = cubic(x[i]);
    optimizer.descend(x, gradient, state);
  }
  CHECK(x[0] == x[2]);
  return x[0];
}

}  // namespace

TEST_CASE("the derivative of a run by its starting point matches finite differences of double runs") {
  const auto same = [](const auto& optimizer) {
    const Dual x = run(optimizer, Dual(0.4, 1), 20);
    CHECK(x.value == doctest::Approx(run(optimizer, 0.4, 20)).epsilon(1e-14));
    const double h = 1e-4;
    const double numeric = (run(optimizer, 0.4 + h, 20) - run(optimizer, 0.4 - h, 20)) / (2 * h);
    CHECK(x.derivative == doctest::Approx(numeric).epsilon(1e-5));
  };
  same(Optimizer{LearningRate{0.1}});
  same(Optimizer{Momentum{0.8}, Nesterov{}, LearningRate{0.05}});
  same(Optimizer{WeightDecay{0.1}, CorrectedMomentum{0.9}, CorrectedAdaptive{0.99}, LearningRate{0.02}});
  same(Optimizer{Clip{0.7}, Adaptive{0.9, 1e-3}, LearningRate{0.02}});
  same(Optimizer{LearningRate{0.1}, MovingAverage{}});
}

TEST_CASE("a quadratic stepped with 34 digits matches its closed form") {
  // Each step multiplies x by 1 - rate a; 0.125 and 0.75 are exact.
  Quad x = Quad(1) / 3;
  const Optimizer optimizer{LearningRate{0.125}};
  auto state = optimizer.init(x);
  for (int t = 0; t < 40; ++t) {
    const Quad gradient = Quad(0.75) * x;
    optimizer.descend(x, gradient, state);
  }
  const Quad wanted = pow(1 - Quad(0.09375), 40) / 3;
  CHECK(abs(x / wanted - 1).convert_to<double>() < 1e-31);
  CHECK(static_cast<double>(x) == doctest::Approx(std::pow(1 - 0.09375, 40) / 3));
}

TEST_CASE("norms of wide numbers are those of their values in double") {
  std::vector<Quad> x{0, 0}, gradient{3, 4};
  const Optimizer optimizer{ClipNorm{1}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, gradient, state);
  CHECK(x[0].convert_to<double>() == doctest::Approx(0.6).epsilon(1e-15));
  CHECK(x[1].convert_to<double>() == doctest::Approx(0.8).epsilon(1e-15));
}

TEST_CASE("in sets, beside tensors of other elements, and in views") {
  std::tuple<std::array<Dual, 2>, std::vector<float>> theta{{Dual(1, 1), Dual(2)}, {3}};
  const std::tuple<std::array<Dual, 2>, std::vector<float>> gradient{{Dual(1, 2), Dual(3, 4)}, {5}};
  const Optimizer optimizer{Momentum{0.5}, LearningRate{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  optimizer.ascend(theta, gradient, state);
  // First 0.5 g, then 0.75 g.
  CHECK(std::get<0>(theta)[0].value == 2.25);
  CHECK(std::get<0>(theta)[0].derivative == 3.5);
  CHECK(std::get<0>(theta)[1].derivative == 5);
  CHECK(std::get<1>(theta)[0] == 9.25f);

  Dual memory[]{1, 2, 3};
  const std::vector<Dual> one(2, Dual(1, 1));
  const Optimizer plain{LearningRate{1}};
  auto other = plain.init(std::span(memory, 2));
  plain.ascend(std::span(memory, 2), one, other);
  CHECK(memory[1].value == 3);
  CHECK(memory[1].derivative == 1);
  CHECK(memory[2].value == 3);
}

TEST_CASE("a state with duals can be saved and restored through visit") {
  std::vector<Dual> x{Dual(1, 1)};
  const std::vector<Dual> gradient{Dual(0.5, 2)};
  const Optimizer optimizer{Momentum{0.5}, LearningRate{1}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, gradient, state);
  auto copy = optimizer.init(x);
  copy.step(state.step());
  std::vector<Dual> slots;
  std::vector<double> clocks;
  const auto reading = [&](std::string_view, std::string_view, auto values) {
    if constexpr (std::same_as<typename decltype(values)::value_type, Dual>)
      slots.insert(slots.end(), values.begin(), values.end());
    else clocks.insert(clocks.end(), values.begin(), values.end());
  };
  state.visit(reading);
  CHECK(slots.size() == 1);
  CHECK(slots[0].derivative == 2);
  std::size_t at = 0, clock = 0;
  copy.visit([&](std::string_view, std::string_view, auto values) {
    for (auto& value : values)
      if constexpr (std::same_as<typename decltype(values)::value_type, Dual>) value = slots[at++];
      else value = clocks[clock++];
  });
  CHECK(copy == state);
}

TEST_CASE("guards check the values of duals") {
  Dual x = 1;
  const Optimizer optimizer{RefuseNonFinite{}, LearningRate{1}};
  auto state = optimizer.init(x);
  CHECK_THROWS_WITH_AS(optimizer.ascend(x, Dual(std::numeric_limits<double>::infinity(), 1), state),
                       doctest::Contains("inf"), Refused);
  CHECK(x.value == 1);
  optimizer.ascend(x, Dual(1, 3), state);
  CHECK(x.derivative == 3);
}

TEST_CASE("an epsilon that the value's type rounds to zero is refused") {
  std::vector<Dual> x(1);
  CHECK_NOTHROW(Optimizer{Adaptive{.epsilon = 1e-60}, LearningRate{1}}.init(x));
}

TEST_SUITE_END();
