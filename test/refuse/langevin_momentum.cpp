// refused: a momentum or a divisor stands before Langevin, which then samples from another density
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::WeightDecay{}, gradus::LearningRate{}, gradus::Langevin{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}, gradus::Langevin{}};
#endif
