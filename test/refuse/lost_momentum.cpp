// refused: a policy begins with the gradient again, and what another one before it made of that is lost
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Belief{}, gradus::DivideByRoot{}, gradus::Momentum{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Belief{}, gradus::DivideByRoot{}, gradus::LearningRate{}};
#endif
