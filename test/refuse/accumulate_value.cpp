// refused: Accumulate gathers gradients, and a policy behind it asks for the objective's value
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Accumulate{2}, gradus::Momentum{}};
#else
gradus::Optimizer optimizer{gradus::Accumulate{2}, gradus::PolyakStep{}};
#endif
