// refused: Nesterov must stand directly behind a Momentum; put Momentum before it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Nesterov{}};
#else
const gradus::Optimizer optimizer{gradus::when(gradus::Until{2}, gradus::Momentum{}), gradus::Nesterov{}};
#endif
