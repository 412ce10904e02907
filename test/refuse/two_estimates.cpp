// refused: an estimate of the gradient's square stands before this one and is not used
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::SumOfSquares, gradus::DivideByRoot> optimizer;
#else
gradus::Optimizer<gradus::MeanSquare, gradus::SumOfSquares, gradus::DivideByRoot> optimizer;
#endif
