// SPDX-License-Identifier: MIT
#include <gradus/step/look.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;

TEST_SUITE_BEGIN("look");

TEST_CASE("norms and sums are taken in the order of the policies, each of what its policy receives") {
  std::vector<double> theta{0, 0};
  const Optimizer optimizer{ClipNorm{2.5}, Normalize{0}, LearningRate{2}, ClipNorm{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{3, 4}, state);
  CHECK(theta[0] == doctest::Approx(0.3));
  CHECK(theta[1] == doctest::Approx(0.4));
}

TEST_CASE("a policy can use what an earlier policy derives from its sums") {
  double theta = 3;
  const Optimizer optimizer{DistanceOverGradients{.first = 2, .epsilon = 0}, ClipLeafNorm{1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 5.0, state);  // 2 * (1 + 3) without the clip
  CHECK(theta == 4);
}

TEST_CASE("a skipped step takes no sums and changes no kept numbers") {
  std::vector<double> theta{1, 1};
  const Optimizer optimizer{SkipNonFinite{}, LeafAdaptive{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
  const auto before = state;
  optimizer.ascend(theta, std::vector<double>{1, NAN}, state);
  CHECK(state.step() == before.step());
  std::vector<double> clock, clock_before;
  const auto into = [](std::vector<double>& to) {
    return [&to](std::string_view, std::string_view slot, std::span<const double> values) {
      if (slot == "clock") to.insert(to.end(), values.begin(), values.end());
    };
  };
  std::as_const(state).visit(into(clock)), before.visit(into(clock_before));
  CHECK(clock == clock_before);
}

TEST_SUITE_END();
