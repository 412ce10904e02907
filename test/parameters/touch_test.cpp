// SPDX-License-Identifier: MIT
#include <gradus/parameters/touch.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace gradus;

namespace {

// It counts how often it was told that it has been written.
struct Counting {
  std::vector<double> values;
  mutable int told = 0;
};

using Counted = std::map<std::string, Counting>;

}  // namespace

template <>
struct gradus::tensor_traits<Counting> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const Counting& x) { return {x.values.size()}; }
  static double* data(Counting& x, Order) { return x.values.data(); }
  static void touch(Counting& x) { ++x.told; }
};

static_assert(detail::touches<Counting> && detail::touches<const Counted&> && !detail::touches<std::vector<double>>);

TEST_SUITE_BEGIN("touch");

TEST_CASE("a step notifies exactly those leaves that it has written") {
  Counted theta{{"frozen", {{1}}}, {"missing", {{1}}}, {"stepped", {{1}}}};
  std::map<std::string, std::vector<double>> gradient{{"frozen", {1}}, {"stepped", {1}}};
  const auto told = [&] {
    return std::array{theta.at("frozen").told, theta.at("missing").told, theta.at("stepped").told};
  };
  const Optimizer optimizer{SkipNonFinite{}, Freeze{Named{"frozen"}}, LearningRate{1}};
  auto state = optimizer.init(theta);
  CHECK(told() == std::array{0, 0, 0});
  optimizer.ascend(theta, gradient, state);
  CHECK(told() == std::array{0, 0, 1});
  gradient["stepped"] = {std::numeric_limits<double>::infinity()};
  optimizer.ascend(theta, gradient, state);  // skipped
  gradient["stepped"] = {1, 2};
  CHECK_THROWS_AS(optimizer.ascend(theta, gradient, state), Refused);
  CHECK(told() == std::array{0, 0, 1});
}

TEST_CASE("bound steps, steps leaf by leaf and steps of a partition notify written leaves too") {
  Counting x{{1, 2}};
  const Optimizer optimizer{Momentum{}};
  auto state = optimizer.init(x);
  const std::vector<double> g{1, 1};
  auto bound = optimizer.bind(x, g, state);
  CHECK(x.told == 0);
  bound.ascend();
  CHECK(x.told == 1);
  auto step = optimizer.begin_ascent(x, state);
  CHECK(x.told == 1);
  step.leaf(0, g);
  CHECK(x.told == 2);
  step.end();
  CHECK(x.told == 2);

  Counted theta{{"a", {{1}}}, {"b", {{1}}}, {"c", {{1}}}};
  const Partition partition{for_leaves(Named{"a"}, Momentum{}), for_leaves(Named{"b"}, LearningRate{1})};
  auto of_parts = partition.init(theta);
  partition.ascend(theta, theta, of_parts);
  CHECK(theta.at("a").told == 1);
  CHECK(theta.at("b").told == 1);
  CHECK(theta.at("c").told == 0);
}

TEST_CASE("a tensor is told even if the step's observer throws") {
  Counting x{{1, 2}};
  const std::vector<double> g{1, 1};
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(x);
  CHECK_THROWS_AS(optimizer.ascend(x, g, state, [](const Report&) { throw std::runtime_error("enough"); }),
                  std::runtime_error);
  CHECK(x.values == std::vector<double>{1.5, 2.5});
  CHECK(state.step() == 1);
  CHECK(x.told == 1);
}

TEST_SUITE_END();
