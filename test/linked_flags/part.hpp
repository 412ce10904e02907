// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/optimizer.hpp>

#include <vector>

using Chain = gradus::Optimizer<gradus::Clip, gradus::Momentum, gradus::Adaptive, gradus::LearningRate>;
using Step = void (Chain::*)(std::vector<float>&, const std::vector<float>&, gradus::State&) const;

/// What each source contributes to the same program.
struct Part {
  Step step;                      ///< its `ascend`
  std::vector<float> (*climb)();  ///< where some steps lead
};

Part plain_part();
Part wide_part();
