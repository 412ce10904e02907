// refused: a derivative is by a hyper-parameter that is a double
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer optimizer{gradus::differentiated<&gradus::Decay::factor>()};
#else
const gradus::Optimizer optimizer{gradus::differentiated<&gradus::Warmup::steps>()};
#endif
