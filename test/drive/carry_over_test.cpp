// SPDX-License-Identifier: MIT
#include <gradus/drive/carry_over.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <complex>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("carry over");

namespace {

using Layers = std::map<std::string, std::vector<double>>;

// A tensor whose elements are stored in either order.
struct InOrder {
  std::vector<double> values;
  Order order;
  std::array<std::size_t, 3> shape{2, 3, 2};
};

}  // namespace

template <>
struct gradus::tensor_traits<InOrder> {
  using value_type = double;
  static auto shape(const InOrder& x) { return x.shape; }
  static Order order(const InOrder& x) { return x.order; }
  static double* data(InOrder& x, Order order) { return order == x.order ? x.values.data() : nullptr; }
};

TEST_CASE("carry_over keeps the slots of leaves that stay, starts new leaves afresh and drops removed ones") {
  const Optimizer optimizer = recipe::adam({.lr = 0.1});
  Layers theta{{"a", {1, 2}}, {"b", {3}}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 3; ++t) optimizer.descend(theta, theta, state);

  Layers whole = theta;
  auto goes_on = state;
  Layers changed{{"a", theta["a"]}, {"c", {7}}}, fresh{{"c", {7}}};
  auto carried = optimizer.init(changed), of_fresh = optimizer.init(fresh);
  carry_over(state, carried);
  CHECK(carried.step() == 3);
  for (int t = 0; t < 3; ++t) {
    optimizer.descend(whole, whole, goes_on);
    optimizer.descend(changed, changed, carried);
  }
  CHECK(changed["a"] == whole["a"]);
  CHECK(carried.step() == 6);
  CHECK(carried.slot<double>("velocity", "a")[0] == goes_on.slot<double>("velocity", "a")[0]);
  CHECK(carried.slot<double>("velocity", "c").size() == 1);
}

TEST_CASE("a leaf of another size or type, and another composition, are refused before anything has changed") {
  const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
  Layers theta{{"a", {1}}, {"b", {2, 3}}}, other{{"a", {1}}, {"b", {2}}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, theta, state);
  auto to = optimizer.init(other);
  const auto before = to;
  CHECK_THROWS_WITH_AS(carry_over(state, to), doctest::Contains("b has another shape or type"), Refused);
  CHECK(to == before);

  std::map<std::string, std::vector<float>> floats{{"a", {1}}};
  auto of_floats = optimizer.init(floats);
  CHECK_THROWS_WITH_AS(carry_over(state, of_floats), doctest::Contains("a has another shape or type"), Refused);
  auto of_other = Optimizer{LearningRate{0.1}}.init(theta);
  CHECK_THROWS_WITH_AS(carry_over(state, of_other), doctest::Contains("belongs to the composition"), Refused);
}

TEST_CASE("carry_over takes slots of another type and states of a partition") {
  const Partition optimizer{ClipNorm{1}, for_leaves(Named{"a"}, Momentum{}), for_others(recipe::adam())};
  Layers theta{{"a", {1, 2}}, {"b", {3}}};
  auto state = optimizer.init(theta, Storage<float>{});
  for (int t = 0; t < 3; ++t) optimizer.descend(theta, theta, state);
  auto same = optimizer.init(theta, Storage<float>{});
  carry_over(state, same);
  CHECK(same == state);
}

TEST_CASE("elements keep their positions if the order of the tensor changes; another shape is refused") {
  const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
  // Element (i, j, k) is 100 i + 10 j + k in both.
  std::vector<double> rows, columns;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 2; ++k) rows.push_back(100 * i + 10 * j + k);
  for (int k = 0; k < 2; ++k)
    for (int j = 0; j < 3; ++j)
      for (int i = 0; i < 2; ++i) columns.push_back(100 * i + 10 * j + k);
  InOrder by_rows{rows, Order::row_major}, by_columns{columns, Order::column_major};
  auto state = optimizer.init(by_rows), of_columns = optimizer.init(by_columns);
  optimizer.ascend(by_rows, InOrder{rows, Order::row_major}, state);
  carry_over(state, of_columns);
  const auto velocity = of_columns.slot<double>("velocity");
  CHECK(std::ranges::equal(velocity, columns));
  auto back = optimizer.init(by_rows);
  carry_over(of_columns, back);
  CHECK(back == state);

  InOrder turned{rows, Order::row_major, {3, 2, 2}};
  auto of_turned = optimizer.init(turned);
  CHECK_THROWS_WITH_AS(carry_over(state, of_turned), doctest::Contains("parameter has another shape"), Refused);
}

TEST_CASE("after erasing from a vector, the caller maps each leaf to its old name") {
  const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
  std::vector<std::vector<double>> theta{{1}, {2}, {3}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
  theta.erase(theta.begin());
  auto carried = optimizer.init(theta);
  carry_over(state, carried, [](std::string_view now) { return now == "[0]" ? "[1]" : "[2]"; });
  CHECK(carried.slot<double>("velocity", "[0]")[0] == 2);
  CHECK(carried.slot<double>("velocity", "[1]")[0] == 3);
  CHECK(carried.step() == 1);

  auto fresh = optimizer.init(theta), untouched = fresh;
  carry_over(state, fresh, [](std::string_view) { return ""; });
  CHECK(fresh.slot<double>("velocity", "[1]")[0] == 0);
  untouched.step(1);
  CHECK(fresh == untouched);
}

TEST_CASE("parts of a partition must have the same compositions; a leaf that changes parts starts afresh") {
  const auto in_parts = [](const char* slow) {
    return Partition{for_leaves(Named{slow}, Momentum{}, LearningRate{0.1}), for_others(recipe::adam())};
  };
  Layers theta{{"a", {1, 2}}, {"b", {3}}};
  auto state = in_parts("a").init(theta);
  in_parts("a").descend(theta, theta, state);
  auto moved = in_parts("b").init(theta);
  carry_over(state, moved);
  CHECK(moved.step() == 1);
  CHECK(moved.slot<double>("velocity", "b")[0] == 0);
  CHECK(moved.slot<double>("second", "a")[0] == 0);

  const Partition other{for_leaves(Named{"a"}, MeanSquare{}, DivideByRoot{}, LearningRate{0.1}),
                        for_others(recipe::adam())};
  auto of_other = other.init(theta);
  const auto before = of_other;
  CHECK_THROWS_WITH_AS(carry_over(state, of_other), doctest::Contains("belongs to the composition"), Refused);
  CHECK(of_other == before);
}

TEST_CASE("a leaf that was called what no leaf was called is refused") {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  const std::vector<std::vector<double>> theta{{1}, {2}};
  const gradus::State old = optimizer.init(theta);
  gradus::State grown = optimizer.init(theta);
  CHECK_THROWS_WITH_AS(
      gradus::carry_over(old, grown, [](std::string_view leaf) { return "layers" + std::string(leaf); }),
      doctest::Contains("the old state has no leaf \"layers[0]\""), gradus::Refused);
  CHECK_NOTHROW(gradus::carry_over(old, grown, [](std::string_view) { return std::string("[1]"); }));
}

TEST_CASE("a complex leaf is no real one, even of as many bytes") {
  const Optimizer optimizer{Momentum{}};
  const std::vector<std::complex<double>> doubles{{1, 2}, {3, 4}};
  const std::vector<std::complex<float>> floats{{1, 2}, {3, 4}};
  auto real = optimizer.init(std::vector<double>{1, 2});
  const auto before = real;
  CHECK_THROWS_WITH_AS(carry_over(optimizer.init(doubles), real), doctest::Contains("another shape or type"), Refused);
  CHECK_THROWS_WITH_AS(carry_over(optimizer.init(floats), real), doctest::Contains("another shape or type"), Refused);
  CHECK(real == before);
}

TEST_CASE("a matrix that keeps its order is carried over as it lies") {
  const Optimizer optimizer{Momentum{}};
  std::vector<double> numbers(12);
  std::iota(numbers.begin(), numbers.end(), 1);
  for (const Order order : {Order::row_major, Order::column_major}) {
    InOrder theta{numbers, order};
    auto state = optimizer.init(theta), same = state;
    optimizer.ascend(theta, InOrder{numbers, order}, state);
    carry_over(state, same);
    CHECK(same == state);
  }
}

TEST_CASE("one element and none are carried over to another order") {
  const Optimizer optimizer{Momentum{}};
  InOrder one{{7}, Order::row_major, {1, 1, 1}}, none{{}, Order::row_major, {2, 0, 2}};
  auto state = optimizer.init(one), of_none = optimizer.init(none);
  optimizer.ascend(one, InOrder{{7}, Order::row_major, {1, 1, 1}}, state);
  auto turned = optimizer.init(InOrder{{7}, Order::column_major, {1, 1, 1}});
  carry_over(state, turned);
  CHECK(turned.slot<double>("velocity")[0] == 7);
  auto none_turned = optimizer.init(InOrder{{}, Order::column_major, {2, 0, 2}});
  of_none.step(3);
  carry_over(of_none, none_turned);
  CHECK(none_turned.step() == 3);
}

TEST_CASE("a state that was moved from has nothing to carry over") {
  const Optimizer optimizer{Momentum{}};
  std::vector<double> theta{1};
  auto from = optimizer.init(theta), to = from;
  const auto taken = std::move(from);
  CHECK_THROWS_WITH_AS(carry_over(from, to), doctest::Contains("moved from"), Refused);
}

TEST_SUITE_END();
