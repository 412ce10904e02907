// refused: Piecewise has no knot; give at least one
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Piecewise<1> piecewise{{{{0, 0.1}}}};
#else
gradus::Piecewise<0> piecewise{};
#endif
