// refused: Nesterov stands directly behind a Momentum that never rests; put one there
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Nesterov{}};
#else
const gradus::Optimizer optimizer{gradus::when(gradus::Until{2}, gradus::Momentum{}), gradus::Nesterov{}};
#endif
