// refused: Nesterov stands directly behind a Momentum that never rests; put one there
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::Momentum, gradus::Nesterov, gradus::LearningRate> optimizer;
#else
gradus::Optimizer<gradus::Nesterov, gradus::LearningRate> optimizer;
#endif
