// refused: leaves are chosen by their names
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Partition some{gradus::for_leaves(gradus::Named{"head"}, gradus::LearningRate{})};
#else
const gradus::Partition some{gradus::for_leaves(gradus::Every{2}, gradus::LearningRate{})};
#endif
