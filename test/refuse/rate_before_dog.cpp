// refused: a rate or schedule stands before a divisor such as Adaptive, where it does nothing or seems to
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::DistanceOverGradients{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::DistanceOverGradients{}};
#endif
