// refused: a mask is a policy's; mask each policy that is to rest
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::masked(gradus::Momentum{}), gradus::LearningRate{}};
#else
auto optimizer = gradus::masked(gradus::recipe::adam());
#endif
