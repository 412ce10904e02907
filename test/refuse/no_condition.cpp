// refused: this is no condition
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer some{gradus::when(gradus::Named{"head"}, gradus::WeightDecay{}), gradus::LearningRate{}};
#else
const gradus::Optimizer some{gradus::when("head", gradus::WeightDecay{}), gradus::LearningRate{}};
#endif
