// SPDX-License-Identifier: MIT
#pragma once

#include "support/values.hpp"

#include <gradus/step/state.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

/// Compositions as values, so that one test can run all of them.
namespace compositions {

using support::Kind;
using support::Kinds;
using support::Values;

/// A type-erased optimizer.
class Stepper {
 public:
  virtual ~Stepper() = default;
  virtual gradus::State init(std::span<float> theta) const = 0;
  virtual gradus::State init(std::span<double> theta) const = 0;
  virtual void step(bool up, std::span<float> theta, std::span<const float> gradient, gradus::State&) const = 0;
  virtual void step(bool up, std::span<double> theta, std::span<const double> gradient, gradus::State&) const = 0;
};

struct Composition {
  Kinds kinds;
  std::unique_ptr<Stepper> (*make)(const Values&);
};

/// Everything that the table_*_test.cpp files of this executable have registered.
inline std::vector<Composition>& registry() {
  static std::vector<Composition> all;
  return all;
}

/// The registered composition of these kinds in this order.
inline const Composition* find(const Kinds& kinds) {
  for (const Composition& composition : registry())
    if (composition.kinds == kinds) return &composition;
  return nullptr;
}

/// Subsets of the kinds as bit masks. The empty one is no optimizer; `Nesterov` is legal only with `Momentum`.
constexpr bool has(int mask, Kind kind) { return mask >> static_cast<int>(kind) & 1; }
constexpr bool legal(int mask) { return mask != 0 && (!has(mask, Kind::nesterov) || has(mask, Kind::momentum)); }

inline constexpr int mask_count = 1 << support::kind_count;
inline constexpr std::size_t legal_count = [] {
  std::size_t count = 0;
  for (int mask = 0; mask < mask_count; ++mask) count += legal(mask);
  return count;
}();
static_assert(legal_count == 512 - 512 / 4 - 1, "a quarter of all subsets have Nesterov and no Momentum");

/// How many orders other than the table's table_orders_test.cpp registers.
inline constexpr std::size_t order_count = 42;

}  // namespace compositions
