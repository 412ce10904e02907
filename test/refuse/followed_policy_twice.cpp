// refused: this policy stands twice in one composition, where twice has no meaning
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::follow<&gradus::LearningRate::rate>(gradus::Linear{}), gradus::Warmup{}};
#else
gradus::Optimizer optimizer{gradus::follow<&gradus::LearningRate::rate>(gradus::Linear{}), gradus::LearningRate{}};
#endif
