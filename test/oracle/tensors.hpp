// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace oracle {

using Json = nlohmann::json;

/// A set of flat tensors, as the records store them.
template <class T>
using Tensors = std::vector<std::vector<T>>;

/// The gradients passed to an optimizer in a step; a tensor may have none.
template <class T>
using Gradients = std::vector<std::optional<std::vector<T>>>;

/// Tensors in another element type. Records store floats widened to double, which convert back exactly.
template <class To, class From>
Tensors<To> converted(const Tensors<From>& from) {
  Tensors<To> to;
  for (const auto& tensor : from) {
    auto& values = to.emplace_back();
    for (const From x : tensor) values.push_back(static_cast<To>(x));
  }
  return to;
}

/// The initial values of a record.
inline Tensors<double> initial_values(const Json& record) {
  Tensors<double> initial;
  for (const Json& tensor : record.at("tensors")) initial.push_back(tensor.at("values"));
  return initial;
}

/// One step's gradients; null means a tensor without one.
template <class T>
Gradients<T> read_gradients(const Json& tensors) {
  Gradients<T> gradients(tensors.size());
  for (std::size_t l = 0; l < tensors.size(); ++l)
    if (!tensors[l].is_null()) gradients[l] = converted<T>(Tensors<double>{tensors[l]}).front();
  return gradients;
}

}  // namespace oracle
