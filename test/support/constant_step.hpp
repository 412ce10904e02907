// SPDX-License-Identifier: MIT
#pragma once

#include "support/step_scalars.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/plan/plan.hpp>

#include <array>
#include <cstddef>

namespace support {

using gradus::detail::Pack;

/// One element: its parameter and its slots.
template <std::size_t Slots>
struct Element {
  double parameter = 0;
  std::array<double, Slots> slot{};

  constexpr bool operator==(const Element&) const = default;
};

/// The element after one step of a composition, usable in constant expressions. `t` counts from 1; every norm that a
/// policy asks for is `norm`, and every sum `sum`.
template <bool Down = false, std::size_t Slots, class... P>
constexpr Element<Slots> constant_step(const Pack<P...>& policies, Element<Slots> at, double gradient, int t = 1,
                                       double norm = 1, double sum = 1) {
  static_assert(Slots == gradus::detail::Layout<P...>::slots);
  const auto scalar = scalars_at(policies, t, {1, norm}, sum);
  gradus::detail::Streams<double, double, Slots> streams{&at.parameter, &gradient};
  for (std::size_t s = 0; s < Slots; ++s) streams.slot[s] = &at.slot[s];
  gradus::backend::Serial::run<typename gradus::detail::Plan<P...>::Update>(streams, 1, scalar.data(), Down);
  return at;
}

}  // namespace support
