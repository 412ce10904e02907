// refused: ExponentiatedGradient takes the place of p + u, and undoes what acts behind that in front of it; move it in
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::ExponentiatedGradient{}, gradus::Box{0, 0.5}};
#else
gradus::Optimizer optimizer{gradus::Box{0, 0.5}, gradus::ExponentiatedGradient{}};
#endif
