// refused: a factor, a norm or a sum belongs to many elements and cannot be masked; mask a policy that has a text of its
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::masked(gradus::Clip{})};
#else
gradus::Optimizer optimizer{gradus::masked(gradus::ClipNorm{})};
#endif
