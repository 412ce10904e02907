// refused: Blend mixes the gradient into an update that a rate or a divisor has made something else
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Blend{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}, gradus::Blend{}};
#endif
