// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/parameters/named.hpp>

namespace gradus {

/// Leaves some leaves as they are: a step takes them as if they had no gradient.
///
///     Optimizer{Freeze{Named{"encoder.*"}}, Momentum{}, LearningRate{0.1}}
///
/// Slots   none.
/// Order   anywhere but between two that stand directly behind each other. No norm and no sum sees these leaves, and neither their slots nor their clocks move;
///         what gathers over several calls misses those in which a leaf was frozen.
/// Cost    the condition, once per leaf and step, or once for all steps that are bound; a leaf that is frozen is not read.
/// Source  the field's frozen layers; `optax.set_to_zero` of a label.
template <OfLeaf C = Named>
struct Freeze {
  C leaves;  ///< whether a leaf is frozen, by its name or its `LeafInfo`

  constexpr bool freezes(const LeafInfo& leaf) const { return of_leaf(leaves, leaf); }
};

template <OfLeaf C>
Freeze(C) -> Freeze<C>;

}  // namespace gradus
