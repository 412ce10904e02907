// refused: a policy that gathers decides itself which calls it takes, and cannot rest; leave out the condition
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::Accumulate{4}, gradus::when(gradus::Every{2}, gradus::Clip{})};
#else
gradus::Optimizer optimizer{gradus::when(gradus::Every{2}, gradus::Accumulate{4})};
#endif
