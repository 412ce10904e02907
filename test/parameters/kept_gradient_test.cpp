// SPDX-License-Identifier: MIT
#include <gradus/parameters/kept_gradient.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace {

/// Numbers, and the gradient that automatic differentiation left in them.
struct Tracked {
  std::vector<double> value;
  std::optional<std::vector<double>> slope;
};

}  // namespace

template <>
struct gradus::tensor_traits<Tracked> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const Tracked& x) { return {x.value.size()}; }
  static double* data(Tracked& x, Order) { return x.value.data(); }
  static const auto& gradient(const Tracked& x) { return x.slope; }
};

using namespace gradus;

using TrackedSet = std::map<std::string, Tracked>;
static_assert(detail::KeepsGradient<const Tracked&> && detail::KeepsGradients<TrackedSet&> &&
              detail::KeepsGradients<std::tuple<Tracked>>);
static_assert(!detail::KeepsGradient<std::vector<double>> && !detail::KeepsGradients<std::tuple<Tracked, double>>);
static_assert(!detail::KeepsGradients<std::tuple<>> && !detail::KeepsGradients<int*>);

TEST_SUITE_BEGIN("kept gradient");

TEST_CASE("a step without a gradient argument uses the gradients that the tensors keep") {
  TrackedSet theta{{"a", {{1, 2}, std::vector<double>{10, 20}}}, {"b", {{3}, {}}}};
  const Optimizer optimizer{Momentum{0.5}, LearningRate{1}};
  auto state = optimizer.init(theta);
  std::int64_t seen = 0;
  optimizer.ascend(theta, state);
  optimizer.ascend(theta, state, [&](const Report& report) { seen = report.step; });
  CHECK(theta["a"].value == std::vector<double>{1 + 10 + 15, 2 + 20 + 30});
  CHECK(theta["b"].value == std::vector<double>{3});
  CHECK(seen == 2);
  theta["b"].slope = {1};
  optimizer.descend(theta, state);
  CHECK(theta["b"].value == std::vector<double>{2});
}

TEST_CASE("a lone tensor's own gradient is used, and its shape checked") {
  Tracked theta{{1}, std::vector<double>{5}};
  const Optimizer optimizer{LearningRate{1}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, state);
  CHECK(theta.value[0] == -4);
  theta.slope = std::vector<double>{1, 2};
  CHECK_THROWS_WITH_AS(optimizer.descend(theta, state), doctest::Contains("its gradient (2)"), Refused);
}

TEST_SUITE_END();
