// refused: recipe::optax::rmsprop has no bias_correction together with centered
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using With = gradus::recipe::optax::RmsProp;

#ifdef TWIN
constexpr With with{.centered = true};
#else
constexpr With with{.centered = true, .bias_correction = true};
#endif
const auto optimizer = gradus::recipe::optax::rmsprop<with>();
