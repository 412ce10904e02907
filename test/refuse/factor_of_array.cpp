// refused: a factor multiplies a number, and this hyper-parameter is an array
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::follow<&gradus::Momentum::factor>(gradus::Decay{})};
#else
gradus::Optimizer optimizer{gradus::follow<&gradus::AggregatedMomentum<3>::factors>(gradus::Decay{})};
#endif
