// refused: a Partition has parts; add for_others(policies) for all leaves
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

#ifdef TWIN
const Partition optimizer{ClipNorm{}, for_others(LearningRate{})};
#else
const Partition optimizer{ClipNorm{}};
#endif
