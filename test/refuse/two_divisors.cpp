// refused: the update is divided twice by estimates of the gradient's square
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Adaptive{}, gradus::Momentum{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::Adaptive{}, gradus::CorrectedAdaptive{}, gradus::LearningRate{}};
#endif
