// refused: this hyper-parameter follows a schedule already; give it one of the two
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
constexpr auto member = &gradus::Momentum::dampening;
#else
constexpr auto member = &gradus::Momentum::factor;
#endif

gradus::Optimizer optimizer{gradus::follow<member>(
    gradus::Linear{0, 0.5, 10}, gradus::follow<&gradus::Momentum::factor>(gradus::Linear{0, 0.9, 10}))};
