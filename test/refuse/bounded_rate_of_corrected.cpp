// refused: BoundedRate corrects the bias of the moments before it, and one of them does so itself
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
gradus::Optimizer optimizer{gradus::AveragedMomentum{}, gradus::MeanSquare{}, gradus::BoundedRate{}};
#else
gradus::Optimizer optimizer{gradus::CorrectedMomentum{}, gradus::MeanSquare{}, gradus::BoundedRate{}};
#endif
