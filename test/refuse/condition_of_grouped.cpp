// refused: a condition of a policy with hyper-parameters by leaf is written the other way round
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

auto some() {
  using namespace gradus;
#ifdef TWIN
  return Optimizer{by_leaf<&WeightDecay::rate>({{"a", 0.5}}, when(Every{2}, WeightDecay{}))};
#else
  return Optimizer{when(Every{2}, by_leaf<&WeightDecay::rate>({{"a", 0.5}}))};
#endif
}
