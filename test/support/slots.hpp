// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/step/state.hpp>

#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace support {

/// Calls f(values) for the slots of a state with elements of type T, without clocks and counters.
template <class T, class F>
void for_each_slot(const gradus::State& state, F f) {
  state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    if constexpr (std::is_same_v<decltype(values), std::span<const T>>)
      if (!leaf.empty() && slot != "clock") f(values);
  });
}

/// All of them, concatenated.
template <class T>
std::vector<T> slots(const gradus::State& state) {
  std::vector<T> all;
  for_each_slot<T>(state, [&](std::span<const T> values) { all.insert(all.end(), values.begin(), values.end()); });
  return all;
}

/// The run's power of the only base that a composition has; 1 if it has none.
inline double power(const gradus::State& state) {
  double power = 1;
  state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    if (leaf.empty() && slot == "clock" && values.size() > 1) power = static_cast<double>(values[1]);
  });
  return power;
}

}  // namespace support
