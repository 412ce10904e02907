// SPDX-License-Identifier: MIT
#include <gradus/drive/averages.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <type_traits>

using namespace gradus;

using Theta = std::vector<double>;

namespace {

template <class Theta>
constexpr int saved(const Averages<Theta>&) {
  return 1;
}
template <class X>
concept CanBeSaved = requires(const X& x) { saved(x); };

}  // namespace

TEST_SUITE_BEGIN("averages");

TEST_CASE("Averages is a type of its own: a function that saves averages does not accept parameters") {
  static_assert(CanBeSaved<Averages<Theta>> && !CanBeSaved<Theta>);
  static_assert(!std::convertible_to<Theta, Averages<Theta>> && !std::convertible_to<Averages<Theta>, Theta>);
}

TEST_CASE("every leaf of a set has its average, and the parameters stay") {
  std::map<std::string, std::vector<float>> theta{{"a", {1, 2}}, {"b", {3}}}, g{{"a", {2, 4}}, {"b", {8}}};
  const Optimizer optimizer{MovingAverage{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  const auto before = theta;
  const auto mean = averages(optimizer, theta, state).values();
  CHECK(mean == decltype(theta){{"a", {2, 4}}, {"b", {7}}});
  CHECK(theta == before);
}

TEST_CASE("averages follow the tensor's order of elements, also beyond one buffer") {
  xt::xarray<double, xt::layout_type::column_major> theta = xt::zeros<double>({30, 20});
  xt::xarray<double> g = xt::arange<double>(600).reshape({30, 20});
  const Optimizer optimizer{MovingAverage{0.75}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  const auto mean = averages(optimizer, theta, state).values();
  CHECK(xt::allclose(mean, 0.25 * g));
}

TEST_CASE("in a partition, each part has its own averages; other leaves are copied") {
  std::map<std::string, std::vector<double>> theta{{"a", {1, 2}}, {"b", {3}}, {"c", {4}}, {"d", {5}}};
  const decltype(theta) g{{"a", {2, 4}}, {"b", {8}}, {"c", {1}}, {"d", {1}}};
  const Partition optimizer{for_leaves(Named{"a"}, MovingAverage{0.5}), for_leaves(Named{"b"}, MovingAverage{0.75}),
                            for_leaves(Named{"c"}, LearningRate{1})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(averages(optimizer, theta, state).values() ==
        decltype(theta){{"a", {2, 4}}, {"b", {5}}, {"c", {5}}, {"d", {5}}});
  CHECK_THROWS_WITH_AS(averages(optimizer, decltype(theta){{"b", {3}}}, state), doctest::Contains("lack a leaf"),
                       Refused);
  CHECK(theta == decltype(theta){{"a", {3, 6}}, {"b", {11}}, {"c", {5}}, {"d", {5}}});
}

TEST_CASE("averages kept in slots of another type") {
  std::vector<double> theta{1};
  const Optimizer optimizer{MovingAverage{0.5}};
  auto state = optimizer.init(theta, Storage<float>{});
  optimizer.ascend(theta, std::vector<double>{2}, state);
  CHECK(averages(optimizer, theta, state).values()[0] == 2);
}

TEST_CASE("averages refuses parameters or an optimizer that the state does not belong to") {
  std::vector<double> theta{1, 2, 3}, shorter{1};
  const Optimizer optimizer{MovingAverage{0.5}};
  auto state = optimizer.init(theta);
  CHECK_THROWS_WITH_AS(averages(optimizer, shorter, state), doctest::Contains("of shape (3), not for shape (1)"),
                       Refused);
  CHECK_THROWS_WITH_AS(averages(Optimizer{TailAverage{}}, theta, state),
                       doctest::Contains("the state belongs to the composition"), Refused);
  CHECK_THROWS_AS(averages(optimizer, std::vector<std::vector<double>>{theta, theta}, state), Refused);

  std::vector<std::vector<double>> rows{{1}, {2}};
  auto of_rows = optimizer.init(rows);
  rows.pop_back();
  CHECK_THROWS_WITH_AS(averages(optimizer, rows, of_rows), doctest::Contains("the parameters lack a leaf"), Refused);
}

TEST_CASE("a leaf for which the average rests is copied as it is") {
  using namespace gradus;
  std::map<std::string, std::vector<double>> theta{{"b", {0}}, {"w", {0}}};
  const std::map<std::string, std::vector<double>> ones{{"b", {1}}, {"w", {1}}};
  const Optimizer optimizer{LearningRate{1}, when(Named{"w"}, TailAverage{.begin = -1})};
  State state = optimizer.init(theta);
  for (int step = 0; step < 10; ++step) optimizer.ascend(theta, ones, state);
  const auto kept = averages(optimizer, theta, state).values();
  CHECK(kept.at("b")[0] == 10);
  CHECK(kept.at("w")[0] == doctest::Approx(5.5));  // the mean of 1 to 10
}

TEST_CASE("a partition refuses the state of another one") {
  std::vector<double> theta{1};
  const Partition moving{for_others(MovingAverage{0.5})};
  const Partition tail{for_others(TailAverage{})};
  const auto state = tail.init(theta);
  CHECK_THROWS_WITH_AS(averages(moving, theta, state), doctest::Contains("the state belongs to the composition"),
                       Refused);
}

TEST_CASE("an average takes the hyper-parameter that its policy had in the last step") {
  // beta lies between the average and the end of the steps, 0, 1, 2, ..., and has no say in the average itself.
  const auto beta = [](std::int64_t step) { return step < 1 ? 0.0 : 1 - 0.5 / static_cast<double>(step); };
  const Optimizer optimizer{LearningRate{1}, follow<&ScheduleFree::beta>(beta, ScheduleFree{})};
  double theta = 0;
  auto state = optimizer.init(theta);
  CHECK(averages(optimizer, theta, state).values() == 0);
  for (int t = 1; t <= 4; ++t) {
    optimizer.ascend(theta, 1.0, state);
    CHECK(averages(optimizer, theta, state).values() == doctest::Approx((t + 1) / 2.0).epsilon(1e-14));
  }
}

TEST_SUITE_END();
