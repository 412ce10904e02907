// refused: this policy works on an estimate of the gradient's square, and none stands before it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::MeanSquare, gradus::DivideByRoot> optimizer;
#else
gradus::Optimizer<gradus::Momentum, gradus::DivideByRoot> optimizer;
#endif
