// refused: a rate or schedule stands before Adaptive, whose divisor takes the scale out of what it gets; move
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::CorrectedAdaptive, gradus::Warmup> optimizer;
#else
gradus::Optimizer<gradus::Warmup, gradus::CorrectedAdaptive> optimizer;
#endif
