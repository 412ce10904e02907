// SPDX-License-Identifier: MIT
#pragma once

namespace gradus {

/// The objective's value at the parameters that a step starts from, for policies that ask for it. It is given behind
/// the state: `optimizer.ascend(theta, gradient, state, Value{f})`.
struct Value {
  double value = 0;
};

}  // namespace gradus
