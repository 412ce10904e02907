// SPDX-License-Identifier: MIT
#pragma once

#include "compositions/registry.hpp"

#include <gradus/optimizer.hpp>

#include <array>
#include <utility>

namespace compositions {

/// The policy of the given kind.
template <Kind K>
constexpr auto policy(const Values& v) {
  if constexpr (K == Kind::clip) return gradus::Clip{v.clip};
  else if constexpr (K == Kind::clip_norm) return gradus::ClipNorm{v.norm, v.order, v.norm_epsilon};
  else if constexpr (K == Kind::momentum) return gradus::Momentum{v.factor, v.dampening};
  else if constexpr (K == Kind::nesterov) return gradus::Nesterov{};
  else if constexpr (K == Kind::adaptive) return gradus::Adaptive{v.beta, v.epsilon};
  else if constexpr (K == Kind::weight_decay) return gradus::WeightDecay{v.weight_decay};
  else if constexpr (K == Kind::learning_rate) return gradus::LearningRate{v.rate};
  else if constexpr (K == Kind::warmup) return gradus::Warmup{v.warmup};
  else return gradus::Decay{v.decay};
}

template <Kind... K>
auto optimizer(const Values& values) {
  return gradus::Optimizer<decltype(policy<K>(values))...>(policy<K>(values)...);
}

template <Kind... K>
class Composed final : public Stepper {
 public:
  explicit Composed(const Values& values) : optimizer_(optimizer<K...>(values)) {}

  gradus::State init(std::span<float> theta) const override { return optimizer_.init(theta); }
  gradus::State init(std::span<double> theta) const override { return optimizer_.init(theta); }
  void step(bool up, std::span<float> theta, std::span<const float> gradient, gradus::State& state) const override {
    take(up, theta, gradient, state);
  }
  void step(bool up, std::span<double> theta, std::span<const double> gradient, gradus::State& state) const override {
    take(up, theta, gradient, state);
  }

 private:
  template <class T>
  void take(bool up, std::span<T> theta, std::span<const T> gradient, gradus::State& state) const {
    if (up) optimizer_.ascend(theta, gradient, state);
    else optimizer_.descend(theta, gradient, state);
  }

  decltype(optimizer<K...>(Values{})) optimizer_;
};

/// Registers the composition of these kinds in this order. Returns true, so it can initialize a variable.
template <Kind... K>
bool add() {
  registry().push_back({{K...}, [](const Values& values) -> std::unique_ptr<Stepper> {
                          return std::make_unique<Composed<K...>>(values);
                        }});
  return true;
}

/// Calls `f.operator()<K...>()` with the kinds in a mask, in the table's order.
template <int Mask, int Bit = 0, Kind... K, class F>
constexpr auto with_kinds(F f) {
  if constexpr (Bit == support::kind_count) return f.template operator()<K...>();
  else if constexpr (has(Mask, Kind{Bit})) return with_kinds<Mask, Bit + 1, K..., Kind{Bit}>(f);
  else return with_kinds<Mask, Bit + 1, K...>(f);
}

template <int Mask>
bool add_mask() {
  if constexpr (legal(Mask)) return with_kinds<Mask>([]<Kind... K>() { return add<K...>(); });
  else return true;
}

/// Registers part `Part` of `Parts` of all legal subsets.
template <int Part, int Parts>
bool add_subsets() {
  constexpr int size = mask_count / Parts;
  return []<int... I>(std::integer_sequence<int, I...>) {
    return (true && ... && add_mask<Part * size + I>());
  }(std::make_integer_sequence<int, size>{});
}

}  // namespace compositions
