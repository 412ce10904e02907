// SPDX-License-Identifier: MIT
#pragma once

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/slots.hpp"

#include <gradus/optimizer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace support {

/// A dozen compositions: calls `f(name, optimizer)` for each.
template <class F>
void for_each_composition(F f) {
  using namespace gradus;
  f("plain", Optimizer{LearningRate{0.1}});
  f("momentum", Optimizer{Momentum{0.9, 0.1}, LearningRate{0.1}});
  f("nesterov", Optimizer{Clip{0.7}, Momentum{0.9}, Nesterov{}, LearningRate{0.1}});
  f("torch momentum", Optimizer{TorchMomentum{0.9, 0.3}, Nesterov{}, LearningRate{0.1}});
  f("adaptive", Optimizer{Adaptive{0.99, 1e-6}, LearningRate{0.1}, Warmup{4}});
  f("adam", Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}});
  f("adamw", Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, WeightDecay{0.1}, LearningRate{0.1}});
  f("amsgrad", Optimizer{WeightDecay{0.1}, CorrectedMomentum{}, LargestAdaptive{}, LearningRate{0.1}});
  f("clip norm", Optimizer{ClipNorm{3}, AveragedMomentum{}, LearningRate{0.1}, Decay{0.9}});
  f("clip sum", Optimizer{ClipNorm{3, 1, 1e-3}, Momentum{}, LearningRate{0.1}});
  f("clip update", Optimizer{WeightDecay{0.1}, Momentum{}, Nesterov{}, Adaptive{}, ClipNorm{0.5}, LearningRate{0.1}});
  f("all", Optimizer{Clip{0.7}, ClipNorm{3}, Momentum{}, Nesterov{}, Adaptive{}, WeightDecay{0.1}, LearningRate{0.1},
                     Warmup{4}, Decay{0.9}});
}

inline constexpr std::uint64_t steps = 8;

/// A hash of the parameters and slots after some steps up and down.
template <class T, class Optimizer, class... Backend>
std::uint64_t trajectory(const Optimizer& optimizer, std::size_t size, const Backend&... backend) {
  auto theta = parameters<T>(size);
  auto state = optimizer.init(theta);
  Hash hash;
  for (std::uint64_t step = 0; step < steps; ++step) {
    const auto g = gradient<T>(size, step);
    if (step % 3 == 2) optimizer.ascend(theta, g, state, backend...);
    else optimizer.descend(theta, g, state, backend...);
    hash.add(std::span<const T>(theta));
  }
  for_each_slot<T>(state, [&](std::span<const T> values) { hash.add(values); });
  return hash.value();
}

}  // namespace support
