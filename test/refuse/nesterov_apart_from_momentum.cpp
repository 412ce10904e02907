// refused: Nesterov stands directly behind a Momentum that never rests; put one there
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Nesterov{}, gradus::Clip{}};
#else
gradus::Optimizer optimizer{gradus::Momentum{}, gradus::Clip{}, gradus::Nesterov{}};
#endif
