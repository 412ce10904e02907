// refused: an average stands before a policy that moves the parameters
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Box{}, gradus::MovingAverage{}};
#else
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::MovingAverage{}, gradus::Box{}};
#endif
