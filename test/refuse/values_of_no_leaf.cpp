// refused: no policy of this optimizer has such values; see by_leaf
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

void change() {
#ifdef TWIN
  Optimizer optimizer{by_leaf<&LearningRate::rate>({{"head.*", 0.1}})};
#else
  Optimizer optimizer{LearningRate{0.1}};
#endif
  leaf_values<&LearningRate::rate>(optimizer).entries[0].value = 1;
}
