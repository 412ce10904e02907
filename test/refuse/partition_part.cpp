// refused: a policy in a part of a Partition guards, observes, freezes or gathers, which concerns all leaves
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

#ifdef TWIN
const Partition optimizer{RefuseNonFinite{}, for_others(LearningRate{})};
#else
const Partition optimizer{for_others(RefuseNonFinite{}, LearningRate{})};
#endif
