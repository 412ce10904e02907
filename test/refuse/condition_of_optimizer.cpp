// refused: an optimizer for some leaves is a part of a Partition: for_leaves(condition, optimizer)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

#ifdef TWIN
const auto some = for_leaves(Named{"head.*"}, recipe::adam());
#else
void make() { when(Named{"head.*"}, recipe::adam()); }
#endif
