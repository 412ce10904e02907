// refused: an estimate of the gradient's square is not used; put a divisor such as DivideByRoot behind
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer<gradus::MeanSquare, gradus::DivideByRoot, gradus::LearningRate> optimizer;
#else
gradus::Optimizer<gradus::MeanSquare, gradus::LearningRate> optimizer;
#endif
