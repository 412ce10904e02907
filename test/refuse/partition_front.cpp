// refused: a policy in front of the parts of a Partition keeps, sums, draws or estimates something, or differs by leaf
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

#ifdef TWIN
const Partition optimizer{ClipNorm{}, for_others(Momentum{}, LearningRate{})};
#else
const Partition optimizer{Momentum{}, for_others(LearningRate{})};
#endif
