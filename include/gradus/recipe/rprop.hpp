// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/resilient.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Rprop, by PyTorch's names and with its defaults.
struct Rprop {
  double lr = 0.01;  ///< the first step's length
  double eta_minus = 0.5;
  double eta_plus = 1.2;
  double step_min = 1e-6;
  double step_max = 50;
};

/// Rprop (Riedmiller and Braun, 1993) as PyTorch computes it; `Resilient` has the formula.
template <Rprop With = Rprop{}>
constexpr auto rprop(const Rprop& values = With) {
  return compose<With>(Resilient{values.lr, values.eta_minus, values.eta_plus, values.step_min, values.step_max});
}

}  // namespace gradus::recipe
