// refused: a Partition has one backend for all parts
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

#ifdef TWIN
const Partition optimizer{backend::Serial{}, for_others(LearningRate{})};
#else
const Partition optimizer{for_others(backend::Serial{}, LearningRate{})};
#endif
