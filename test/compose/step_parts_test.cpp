// SPDX-License-Identifier: MIT
#include <gradus/compose/step_parts.hpp>

#include "support/refusals.hpp"

#include <gradus/compose/partition.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/polyak_step.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace gradus;

namespace {

using Two = std::vector<std::vector<double>>;

}  // namespace

TEST_SUITE_BEGIN("step parts");

TEST_CASE("a norm in front of the parts is that of all leaves") {
  const Partition optimizer{ClipNorm{.norm = 1}, for_leaves(Named{"[0]"}, LearningRate{1}),
                            for_others(LearningRate{0.5})};
  Two theta{{0}, {0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Two{{3}, {4}}, state);
  CHECK(theta[0][0] == doctest::Approx(3 / 5.0).epsilon(1e-5));
  CHECK(theta[1][0] == doctest::Approx(0.5 * 4 / 5).epsilon(1e-5));
}

TEST_CASE("what the second part refuses leaves the first as it was") {
  const Partition optimizer{for_leaves(Named{"[0]"}, Momentum{}), for_others(PolyakStep{}, LearningRate{})};
  Two theta{{1}, {2}};
  auto state = optimizer.init(theta);
  const auto before = state;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(optimizer.ascend(theta, Two{{3}, {4}}, state, Value{nan}), Refused);
  CHECK(theta == Two{{1}, {2}});
  CHECK(state == before);
}

TEST_SUITE_END();
