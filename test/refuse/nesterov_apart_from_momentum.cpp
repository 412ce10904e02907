// refused: Nesterov must stand directly behind a Momentum; put Momentum before it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Nesterov{}, gradus::Clip{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Clip{}, gradus::Nesterov{}};
#endif
