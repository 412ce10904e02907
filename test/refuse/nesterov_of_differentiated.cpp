// refused: Nesterov must stand directly behind a Momentum; put Momentum before it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer optimizer{gradus::Momentum{0.5}, gradus::Nesterov{}};
#else
const gradus::Optimizer optimizer{gradus::differentiated<&gradus::Momentum::factor>(gradus::Momentum{0.5}),
                                  gradus::Nesterov{}};
#endif
