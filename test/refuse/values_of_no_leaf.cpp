// refused: no policy of this optimizer was given such values or such a schedule
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
