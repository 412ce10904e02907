// refused: a policy moves the parameters away from where another one put them
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Lookahead{}, gradus::Sphere{}};
#else
gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Sphere{}, gradus::Lookahead{}};
#endif
