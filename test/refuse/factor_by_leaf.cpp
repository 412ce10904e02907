// refused: a factor cannot rest for some leaves, because the rate in force is one for all; give the condition to another
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::when(gradus::From{3}, gradus::LearningRate{})};
#else
gradus::Optimizer optimizer{gradus::when([](std::string_view leaf) { return leaf == "bias"; }, gradus::LearningRate{})};
#endif
