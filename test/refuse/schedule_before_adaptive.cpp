// refused: a rate or schedule stands before a divisor such as Adaptive, where it does nothing or seems to
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::CorrectedAdaptive, gradus::Warmup> optimizer;
#else
gradus::Optimizer<gradus::Warmup, gradus::CorrectedAdaptive> optimizer;
#endif
