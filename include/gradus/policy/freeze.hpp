// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/parameters/named.hpp>

namespace gradus {

/// Leaves some leaves as they are: a step takes them as if they had no gradient.
///
///     p <- p   of a leaf that the condition holds for
///
///     Optimizer{Freeze{Named{"encoder.*"}}, Momentum{}, LearningRate{0.1}}
///
/// Slots   none. Those of others stay as they are for such a leaf, and its clock stands still, so that it may thaw; one
///         that never does costs nothing outside all parts of a `Partition`.
/// Order   anywhere but between two that stand directly behind each other. No norm and no sum sees the leaf; what
///         gathers over several calls misses those in which it was frozen.
/// Cost    the condition, once per leaf and step, or once for all steps that are bound; the leaf is not read.
/// Errors  those of the condition; `init` is `Refused` where no leaf has the pattern of a `Named` that is not empty.
/// Source  the field's frozen layers; `optax.set_to_zero` of a label.
template <OfLeaf C = Named>
struct Freeze {
  C leaves;  ///< whether a leaf is frozen, by its name or its `LeafInfo`

  constexpr bool freezes(const LeafInfo& leaf) const { return of_leaf(leaves, leaf); }

  template <class F>
  constexpr void for_each_pattern(F f) const {
    gradus::for_each_pattern(leaves, f);
  }
};

template <OfLeaf C>
Freeze(C) -> Freeze<C>;

}  // namespace gradus
