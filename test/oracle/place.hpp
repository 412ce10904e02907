// SPDX-License-Identifier: MIT
#pragma once

#include "tensors.hpp"

#include <gradus/optimizer.hpp>

#ifdef THRUST_DEVICE_SYSTEM
#include <gradus/backend/thrust.hpp>
#include <gradus/tensor/thrust.hpp>

#include <thrust/copy.h>
#endif

#include <concepts>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// Where the tensors of a run lie while they are stepped: in the memory of Thrust's device system if the compiler is
// given one, in host memory otherwise.

namespace oracle {

#ifdef THRUST_DEVICE_SYSTEM
inline constexpr bool on_device = true;
template <class T>
using There = thrust::device_vector<T>;

template <class T>
std::vector<T> here(const There<T>& there) {
  std::vector<T> values(there.size());
  thrust::copy(there.begin(), there.end(), values.begin());
  return values;
}
#else
inline constexpr bool on_device = false;
template <class T>
using There = std::vector<T>;

template <class T>
const std::vector<T>& here(const There<T>& there) {
  return there;
}
#endif

template <class T>
std::vector<There<T>> there(const Tensors<T>& here) {
  return {here.begin(), here.end()};
}
template <class T>
std::vector<std::optional<There<T>>> there(const Gradients<T>& here) {
  return {here.begin(), here.end()};
}

/// Calls f(values) for the values that a state keeps of a leaf under a name; refused if it keeps none.
template <class T, class State, class F>
void visit_slot(State& state, std::string_view slot, std::string_view leaf, F f) {
  bool found = false;
  state.visit([&](std::string_view of, std::string_view name, auto values) {
    if constexpr (std::same_as<typename decltype(values)::value_type, T>)
      if (of == leaf && name == slot) f(values), found = true;
  });
  if (!found) throw std::runtime_error("the state of " + std::string(leaf) + " keeps no " + std::string(slot));
}

/// The library's name for a tensor of a set.
inline std::string leaf_name(std::size_t tensor) { return "[" + std::to_string(tensor) + "]"; }

template <class T>
std::vector<T> values_of(const gradus::State& state, std::string_view slot, std::string_view leaf) {
  std::vector<T> kept;
  visit_slot<T>(state, slot, leaf, [&](std::span<const T> values) { kept.assign(values.begin(), values.end()); });
  return kept;
}

}  // namespace oracle
