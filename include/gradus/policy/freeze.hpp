// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/parameters/named.hpp>

namespace gradus {

/// Freezes some leaves: a step treats them as if they had no gradient.
///
///     p <- p   of a leaf that the condition holds for
///
///     Optimizer{Freeze{Named{"encoder.*"}}, Momentum{}, LearningRate{0.1}}
///
/// Slots   none. For a frozen leaf other policies' slots stay as they are and its clock stands still, so that it may
///         thaw. A leaf that never thaws costs nothing if left out of all parts of a `Partition`.
/// Order   anywhere but between two policies that must be adjacent. Norms and sums do not see the leaf; what gathers
///         over several calls misses those in which it was frozen.
/// Cost    the condition, once per leaf and step, or once for all steps of a bound run; the leaf is not read.
/// Errors  those of the condition; `init` is `Refused` where no leaf matches the non-empty pattern of a `Named`.
/// Source  frozen layers, as commonly used; `optax.set_to_zero` for a label.
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
