// refused: in front of the parts of a Partition stands what looks at all leaves and keeps nothing
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

#ifdef TWIN
const Partition optimizer{ClipNorm{}, for_others(Momentum{}, LearningRate{})};
#else
const Partition optimizer{Momentum{}, for_others(LearningRate{})};
#endif
