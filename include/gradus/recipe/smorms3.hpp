// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/steady_adaptive.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of SMORMS3, by the names and with the defaults of its author's code.
struct Smorms3 {
  double lr = 1e-3;  ///< the longest step of an element
  double eps = 1e-16;
};

/// SMORMS3 (Funk, 2015): RMSProp that chooses its own memory and rate below lr; `SteadyAdaptive` has the formula.
template <Smorms3 With = Smorms3{}>
constexpr auto smorms3(const Smorms3& values = With) {
  return compose<With>(SteadyAdaptive{values.lr, values.eps});
}

}  // namespace gradus::recipe
