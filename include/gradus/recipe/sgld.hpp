// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/noise.hpp>
#include <gradus/recipe/parts.hpp>

#include <cstdint>

namespace gradus::recipe {

/// The parameters of stochastic gradient Langevin dynamics.
struct Sgld {
  double lr = 1e-3;  ///< half of the paper's epsilon
  double temperature = 1;
  std::uint64_t seed = 0;
};

/// SGLD (Welling and Teh, 2011): `ascend` along the gradient of a log-density samples from it.
///
///     p <- p + lr g + sqrt(2 lr temperature) n
template <Sgld With = Sgld{}>
constexpr auto sgld(const Sgld& values = With) {
  return compose<With>(LearningRate{values.lr}, Langevin{values.temperature, values.seed});
}

}  // namespace gradus::recipe
