// refused: a divisor stands directly before Sign, which takes all sizes away again
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::CorrectedAdaptive{}, gradus::Momentum{}, gradus::Sign{}, gradus::LearningRate{}};
#else
gradus::Optimizer optimizer{gradus::CorrectedAdaptive{}, gradus::Sign{}, gradus::LearningRate{}};
#endif
