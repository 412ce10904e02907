// refused: the Momentum before Nesterov must receive the gradient itself; move what changes the update
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Nesterov{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Momentum{}, gradus::Nesterov{}};
#endif
