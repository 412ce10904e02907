// refused: a derivative by a hyper-parameter comes through what a policy calculates once per step
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
const gradus::Optimizer optimizer{gradus::differentiated<&gradus::Clip::value>()};
#else
const gradus::Optimizer optimizer{gradus::differentiated<&gradus::ClipNorm::norm>()};
#endif
