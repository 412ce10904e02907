// refused: this policy works on an estimate of the gradient's square, and none stands before it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::MeanSquare, gradus::LargestSquare, gradus::DivideByRoot> optimizer;
#else
gradus::Optimizer<gradus::MeanSquare, gradus::DivideByRoot, gradus::LargestSquare> optimizer;
#endif
