// SPDX-License-Identifier: MIT
#include <gradus/backend/flags.hpp>

#include "support/trajectories.hpp"

#include <doctest/doctest.h>

using namespace gradus;
using gradus::backend::Flags;
using gradus::backend::Serial;

TEST_SUITE_BEGIN("flags");

TEST_CASE_TEMPLATE("the Flags backend gives the same bits as the serial one", T, float, double) {
  const Optimizer optimizer{Clip{0.7}, Momentum{}, Nesterov{}, CorrectedAdaptive{}, WeightDecay{}, LearningRate{}};
  for (const std::size_t size : support::Sizes{0, 1, 2, 3, 5, 7, 8, 15, 31, 33, 65, 1025})
    CHECK(support::trajectory<T>(optimizer, size, Flags{}) == support::trajectory<T>(optimizer, size, Serial{}));
}

TEST_SUITE_END();
