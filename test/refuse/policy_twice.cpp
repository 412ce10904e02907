// refused: this policy stands twice in one composition, where twice has no meaning; remove one
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Clip{}, gradus::Momentum{}, gradus::Clip{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Momentum{}, gradus::LearningRate{}};
#endif
