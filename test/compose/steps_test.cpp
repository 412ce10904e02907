// SPDX-License-Identifier: MIT
#include <gradus/compose/steps.hpp>

#include <gradus/backend/serial.hpp>
#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("steps");

namespace {

/// Notes the steps that it is asked for.
struct Asked : detail::Steps<Asked, backend::Serial> {
  mutable std::vector<bool> down;
  mutable std::size_t extras = 0;

  template <class Theta, class S, class By, class... Extra>
  static constexpr bool fits() {
    return std::same_as<By, backend::Serial> && sizeof...(Extra) < 3;
  }
  template <bool Down, class By, class Theta, class G, class S, class... Extra>
  void take_step(Theta& theta, const G& gradient, S&, const Extra&...) const {
    down.push_back(Down), extras += sizeof...(Extra);
    theta[0] += Down ? -gradient[0] : gradient[0];
  }
};

}  // namespace

TEST_CASE("steps pass on what they are given, uphill and downhill") {
  const Asked asked;
  State state;
  std::vector<double> x{1};
  const std::vector<double> g{0.25};
  asked.ascend(x, g, state);
  CHECK(x[0] == 1.25);
  asked.descend(x, g, state, Value{2.0});
  asked.descend(std::span<double>(x), g, state, Value{2.0}, [](const Report&) {});  // a temporary view
  CHECK(x[0] == 0.75);
  CHECK(asked.down == std::vector<bool>{false, true, true});
  CHECK(asked.extras == 3);
}

TEST_CASE("what does not fit takes no step") {
  const Asked asked;
  State state;
  std::vector<double> x{1};
  asked.ascend(x, x, state, 1, 2, 3);  // `fits` says no; an optimizer's would not compile
  CHECK(asked.down.empty());
  CHECK(x[0] == 1);
}

TEST_CASE("an optimizer and a partition have the same steps") {
  std::vector<double> x{1, -2}, y = x;
  const std::vector<double> g{0.5, 1};
  const Optimizer optimizer{Momentum{}, LearningRate{0.5}};
  const Partition partition{for_others(Momentum{}, LearningRate{0.5})};
  auto one = optimizer.init(x);
  auto other = partition.init(y);
  auto bound = partition.bind(y, g, other);
  optimizer.ascend(x, g, one), bound.ascend();
  optimizer.descend(x, g, one), partition.descend(y, g, other);
  CHECK(x == y);
}
