// refused: ScheduleFree takes the place of momentum; leave out the one in front of it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Adaptive{}, gradus::LearningRate{}, gradus::ScheduleFree{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}, gradus::ScheduleFree{}};
#endif
