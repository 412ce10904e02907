// refused: Nesterov must stand directly behind a Momentum; put Momentum before it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::Momentum, gradus::Nesterov, gradus::LearningRate> optimizer;
#else
gradus::Optimizer<gradus::Nesterov, gradus::LearningRate> optimizer;
#endif
