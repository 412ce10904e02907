// SPDX-License-Identifier: MIT
// A program's own functions may have the names of the library's, whatever they do.
#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace mine {

struct Vector {
  std::vector<double> values;
};

// How many bytes it takes.
inline std::size_t size_of(const Vector& x) { return x.values.size() * sizeof(double); }

template <class... T>
int order_of(T&&...);
template <class... T>
int extents_of(T&&...);
template <class... T>
int read_elements(T&&...);
template <class... T>
int write_elements(T&&...);
template <class... T>
int read_reals(T&&...);
template <class... T>
int concat(T&&...);
// Forgets what it holds.
inline void unset(Vector& x) { x.values.clear(); }
template <class F>
double value_and_gradient(F&, const Vector&, Vector&) {
  return 0;
}
template <class T>
int operator&(const T&);
template <class T, class U>
int operator,(const T&, const U&);

struct HalvedUpdate {
  double by = 0.5;
  static constexpr gradus::Slot slots[]{{"update"}};
  static constexpr gradus::Name scalars[]{"by"};
  constexpr std::array<double, 1> at(const gradus::Step&) const { return {by}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane& update, gradus::Lane by) {
    r.update = update = by * r.update;
  }
};

// A number whose address nobody gets.
struct Number {
  double value = 0;
  Number() = default;
  explicit Number(double x) : value(x) {}
  int operator&() const { return 0; }
  friend Number operator+(Number a, Number b) { return Number(a.value + b.value); }
  friend Number operator-(Number a, Number b) { return Number(a.value - b.value); }
  friend Number operator*(Number a, Number b) { return Number(a.value * b.value); }
  friend Number operator/(Number a, Number b) { return Number(a.value / b.value); }
  friend Number operator-(Number a) { return Number(-a.value); }
  friend bool operator<(Number a, Number b) { return a.value < b.value; }
  friend Number sqrt(Number a) { return Number(std::sqrt(a.value)); }
};

}  // namespace mine

template <>
struct gradus::tensor_traits<mine::Vector> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const mine::Vector& x) { return {x.values.size()}; }
  static double* data(mine::Vector& x, Order) { return x.values.data(); }
};
template <>
struct gradus::number_traits<mine::Number> {
  static double value(const mine::Number& x) { return x.value; }
  static constexpr bool real = true;
};

TEST_SUITE_BEGIN("foreign names");

TEST_CASE("a tensor's own functions are not taken for the library's") {
  mine::Vector x{{1, 2, 3}};
  const mine::Vector g{{1, 1, 1}};
  const gradus::Optimizer optimizer{gradus::LearningRate{0.5}, mine::HalvedUpdate{}, gradus::MovingAverage{0.5}};
  auto state = optimizer.init(x);
  optimizer.descend(x, g, state);
  CHECK(x.values == std::vector<double>{0.75, 1.75, 2.75});
  CHECK(state.slot<double>("update").size() == 3);

  std::vector<mine::Vector> set{x, x};
  const std::vector<mine::Vector> gradients{g, g};
  auto of_set = optimizer.init(set);
  {
    auto step = optimizer.begin_descent(set, of_set);
    step.leaf("[0]", g), step.leaf("[1]", g);
    step.end();
  }
  optimizer.bind(set, gradients, of_set).descend();
  CHECK(set[1].values == std::vector<double>{0.25, 1.25, 2.25});
  gradus::zero(set);
  CHECK(set[0].values == std::vector<double>(3));
}

TEST_CASE("a policy's own functions are not taken for the library's") {
  std::vector<double> x{1};
  const std::vector<double> g{2};
  const gradus::Optimizer optimizer{gradus::recipe::sgd({.lr = 0.25}), mine::HalvedUpdate{}};
  auto state = optimizer.init(x);
  optimizer.descend(x, g, state);
  CHECK(x[0] == 1 - 0.25 * 0.5 * 2);
  const gradus::Partition parts{gradus::ClipNorm{1},
                                gradus::for_others(gradus::LearningRate{0.5}, mine::HalvedUpdate{})};
  auto of_parts = parts.init(x);
  parts.descend(x, g, of_parts);
  CHECK(x[0] == doctest::Approx(0.75 - 0.5 * 0.5).epsilon(1e-7));
}

TEST_CASE("a drive does not take a tensor's own functions for the library's") {
  const auto half_square = [](const mine::Vector& at, mine::Vector& gradient) {
    gradient = at;
    return at.values[0] * at.values[0] / 2;
  };
  mine::Vector x{{4}};
  CHECK(gradus::check_gradient(half_square, x));
  const auto result = gradus::minimize(half_square, x, gradus::Optimizer{gradus::LearningRate{0.5}}, {.steps = 1});
  CHECK(result.value == 2);
  CHECK(x.values == std::vector<double>{2});
}

TEST_CASE("a number may overload the operator that takes an address") {
  mine::Number x(1);
  const gradus::Optimizer climb{gradus::LearningRate{1}};
  auto state = climb.init(x);
  climb.ascend(x, mine::Number(3), state);
  CHECK(x.value == 4);
}

TEST_SUITE_END();
