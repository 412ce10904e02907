// refused: what this policy keeps from step to step is the run's, and cannot differ by leaf
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

auto some() {
  using namespace gradus;
#ifdef TWIN
  return Optimizer{by_leaf<&LearningRate::rate>({{"a", 0.5}}), Decay{}};
#else
  return Optimizer{LearningRate{}, by_leaf<&Decay::factor>({{"a", 0.5}})};
#endif
}
