// SPDX-License-Identifier: MIT
// The law of complex parameters: rotating the complex plane rotates every step with it.
#include "support/laws.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/plan/pairs.hpp>

#include <doctest/doctest.h>

#include <complex>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

using namespace gradus;

namespace {

using Complexes = std::vector<std::complex<double>>;

template <class Optimizer>
constexpr bool has_sense = false;
template <class... P>
constexpr bool has_sense<Optimizer<P...>> =
    gradus::detail::nonsense_of(std::type_identity<detail::Pack<P...>>{}) == detail::Nonsense::none;

template <class P>
constexpr bool has_own_direction = DrawingPolicy<P>;  // both parts are drawn at random

// A quarter turn swaps the parts without rounding.
Complexes turned(Complexes z) {
  for (auto& one : z) one = {-one.imag(), one.real()};
  return z;
}

Complexes complexes(std::uint64_t seed) {
  const auto reals = support::gradient<double>(18, seed);
  Complexes z(9);
  for (std::size_t i = 0; i < z.size(); ++i) z[i] = {reals[2 * i], reals[2 * i + 1]};
  return z;
}

template <class P>
bool turns_with_the_plane() {
  const auto optimizer = support::shortest<P>();
  Complexes z = complexes(1), other = turned(z);
  auto state = optimizer.init(z), other_state = optimizer.init(other);
  for (std::uint64_t step = 2; step < 6; ++step) {
    const Complexes g = complexes(step);
    optimizer.ascend(z, g, state, backend::Serial{}, Value{-1.0 / static_cast<double>(step)});
    optimizer.ascend(other, turned(g), other_state, backend::Serial{}, Value{-1.0 / static_cast<double>(step)});
  }
  return other == turned(z) && z != complexes(1);
}

template <class P>
std::string without_sense() {
  if constexpr (!has_sense<decltype(support::shortest<P>())>) {
    return std::string(detail::type_name<P>()) + " ";
  } else if constexpr (!has_own_direction<P> && !FreezingPolicy<P> && !GuardPolicy<P> && !ObservingPolicy<P>) {
    CHECK_MESSAGE(turns_with_the_plane<P>(), detail::type_name<P>());
    return "";
  } else {
    return "";
  }
}

template <class... P>
std::string all_without_sense(std::type_identity<std::tuple<P...>>) {
  return (without_sense<P>() + ...);
}

}  // namespace

TEST_SUITE_BEGIN("turn");

TEST_CASE("rotated parameters and gradients give rotated steps, except for the listed policies") {
  CHECK(all_without_sense(std::type_identity<support::AllPolicies>{}) ==
        "Clip Sign ClipLeafRms DistanceAdaptation ProdigyAdaptation Simplex L1Ball ExponentiatedGradient Resilient Box "
        "SoftThreshold ");
}

TEST_SUITE_END();
