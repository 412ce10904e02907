// refused: a rate or schedule stands before a divisor such as Adaptive, where it does nothing or seems to
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Adaptive{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}, gradus::Adaptive{}};
#endif
