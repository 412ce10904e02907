// SPDX-License-Identifier: MIT
#pragma once

#include "place.hpp"
#include "tensors.hpp"

#include <gradus/optimizer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace oracle {

/// An optimizer and the state of its run, whatever its type.
template <class T>
class Chain {
 public:
  virtual ~Chain() = default;

  /// Takes one step, at this value of the objective. Returns the rate that was in force.
  virtual double step(Tensors<T>& theta, const Gradients<T>& gradients, double value = 0) = 0;
  virtual std::int64_t steps() const = 0;
  /// What the run keeps of a tensor under a name; refused if it keeps no such thing.
  virtual std::vector<T> slot(const std::string& name, std::size_t tensor) const = 0;
};

enum class Direction { up, down };

/// A composition of the library, stepped as a user steps it, in the directions that are ever asked of it.
template <class T, class Optimizer, Direction... Ways>
class Composed : public Chain<T> {
 public:
  Composed(const Optimizer& optimizer, const Tensors<T>& theta, Direction direction)
      : optimizer_(optimizer), theta_(there(theta)), state_(optimizer.init(theta_)), direction_(direction) {}

  double step(Tensors<T>& theta, const Gradients<T>& gradients, double value) override {
    double rate = 0;
    const auto observe = [&](const gradus::Report& report) { rate = report.rate; };
    for (std::size_t l = 0; l < theta.size(); ++l) theta_[l] = theta[l];
    const auto g = there(gradients);
    if constexpr (((Ways == Direction::up) || ...))
      if (direction_ == Direction::up) optimizer_.ascend(theta_, g, state_, observe, gradus::Value{value});
    if constexpr (((Ways == Direction::down) || ...))
      if (direction_ == Direction::down) optimizer_.descend(theta_, g, state_, observe, gradus::Value{value});
    state_.wait();
    for (std::size_t l = 0; l < theta.size(); ++l) theta[l] = here(theta_[l]);
    return rate;
  }

  /// The state, writable before the first step.
  gradus::State& state() { return state_; }

  std::int64_t steps() const override { return state_.step(); }
  std::vector<T> slot(const std::string& name, std::size_t tensor) const override {
    return values_of<T>(state_, name, leaf_name(tensor));
  }

 private:
  Optimizer optimizer_;
  std::vector<There<T>> theta_;
  gradus::State state_;
  Direction direction_;
};

template <class T>
using ChainOf = std::unique_ptr<Chain<T>>;

/// A chain that goes in the given directions.
template <class T, Direction... Ways, class Optimizer>
ChainOf<T> composed(Direction direction, const Optimizer& optimizer, const Tensors<T>& theta) {
  return std::make_unique<Composed<T, Optimizer, Ways...>>(optimizer, theta, direction);
}

/// A chain that only climbs.
template <class T, class Optimizer>
ChainOf<T> climb(const Optimizer& optimizer, const Tensors<T>& theta) {
  return composed<T, Direction::up>(Direction::up, optimizer, theta);
}

/// A chain that only descends.
template <class T, class Optimizer>
ChainOf<T> descend(const Optimizer& optimizer, const Tensors<T>& theta) {
  return composed<T, Direction::down>(Direction::down, optimizer, theta);
}

/// A chain that descends and contains a policy that acts only on elements whose mask is 1.
template <class T, class Optimizer>
ChainOf<T> descend_masked(const Optimizer& optimizer, const Tensors<T>& theta, const Json& mask) {
  auto chain = std::make_unique<Composed<T, Optimizer, Direction::down>>(optimizer, theta, Direction::down);
  for (std::size_t l = 0; l < theta.size(); ++l)
    visit_slot<T>(chain->state(), "mask", leaf_name(l), [&](std::span<T> slot) {
      for (std::size_t i = 0; i < slot.size(); ++i) slot[i] = mask.at(l).at(i).template get<T>();
    });
  return chain;
}

/// A chain that goes in the record's direction.
template <class T, class Optimizer>
ChainOf<T> go(Direction direction, const Optimizer& optimizer, const Tensors<T>& theta) {
  return composed<T, Direction::up, Direction::down>(direction, optimizer, theta);
}

/// Calls f(std::true_type{}) or f(std::false_type{}): turns a switch at run time into one in the type.
template <class F>
auto branch(bool on, F f) {
  return on ? f(std::true_type{}) : f(std::false_type{});
}

/// A composition with a policy put in front of it.
template <class Policy, class Optimizer>
auto in_front(const Policy& policy, const Optimizer& optimizer) {
  return optimizer.policies().apply([&](const auto&... behind) { return gradus::Optimizer{policy, behind...}; });
}

/// A record's `clipping` as a policy of the library.
inline gradus::Clip clip_of(const Json& clipping) { return {.value = clipping.at("limit")}; }
inline gradus::ClipNorm clip_norm_of(const Json& clipping) {
  const Json& order = clipping.at("norm_type");
  return {.norm = clipping.at("max_norm"),
          .order = order == "inf" ? std::numeric_limits<double>::infinity() : order.get<double>(),
          .epsilon = 1e-6};
}

}  // namespace oracle
