// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/serial.hpp>
#include <gradus/compose/clock.hpp>
#include <gradus/compose/plan.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace support {

/// One element: its parameter and its slots.
template <std::size_t Slots>
struct Element {
  double parameter = 0;
  std::array<double, Slots> slot{};

  constexpr bool operator==(const Element&) const = default;
};

/// The element one step of a composition on, calculated where a constant is asked for. `t` counts from 1; every norm
/// that a policy asks for is `norm`.
template <bool Negate = false, std::size_t Slots, class... P>
constexpr Element<Slots> constant_step(const std::tuple<P...>& policies, Element<Slots> at, double gradient, int t = 1,
                                       double norm = 1) {
  using Scalars = gradus::StepScalars<P...>;
  static_assert(Slots == gradus::Layout<P...>::slots);
  const Scalars scalars{policies};
  typename Scalars::Clock start{};
  start.fill(1), start[0] = 0;
  auto run_before = start, leaf_before = start;
  auto run = scalars.template next<Scalars::Of::run>(start.data());
  auto leaf = scalars.template next<Scalars::Of::leaf>(start.data());
  for (int step = 1; step < t; ++step) {
    run_before = run, run = scalars.template next<Scalars::Of::run>(run_before.data());
    leaf_before = leaf, leaf = scalars.template next<Scalars::Of::leaf>(leaf_before.data());
  }
  gradus::Norm norms[sizeof...(P) + 1]{};
  for (gradus::Norm& one : norms) one = {1, norm};
  const auto scalar = scalars.at({run_before.data(), run.data()}, {leaf_before.data(), leaf.data()}, norms);

  gradus::Streams<double, double, Slots> streams{&at.parameter, &gradient};
  for (std::size_t s = 0; s < Slots; ++s) streams.slot[s] = &at.slot[s];
  gradus::backend::Serial::run<typename gradus::Plan<P...>::Update, Negate>(streams, 1, scalar.data());
  return at;
}

}  // namespace support
