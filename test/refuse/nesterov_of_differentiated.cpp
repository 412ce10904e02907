// refused: Nesterov stands directly behind a Momentum that never rests; put one there
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer optimizer{gradus::Momentum{0.5}, gradus::Nesterov{}};
#else
const gradus::Optimizer optimizer{gradus::differentiated<&gradus::Momentum::factor>(gradus::Momentum{0.5}),
                                  gradus::Nesterov{}};
#endif
