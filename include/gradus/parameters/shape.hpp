// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/parameters/path.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <type_traits>

namespace gradus::detail {

/// Extents as text: `(2, 3)`.
inline std::string shape_text(std::span<const std::size_t> shape) {
  std::string text = "(";
  for (const std::size_t extent : shape) text += joined({text.size() > 1 ? ", " : "", extent});
  return text + ")";
}

template <class A, class B>
bool equal_shapes(const A& a, const B& b) {
  if (std::size(a) != std::size(b)) return false;
  auto other = std::begin(b);
  for (const auto extent : a)
    if (static_cast<std::size_t>(extent) != static_cast<std::size_t>(*other++)) return false;
  return true;
}

// Out of line: shapes usually fit.
[[noreturn, gnu::noinline]] inline void refuse_shape(const std::string& leaf, std::span<const std::size_t> shape,
                                                     std::span<const std::size_t> gradient) {
  refuse({leaf, " has shape ", shape_text(shape), ", its gradient ", shape_text(gradient),
          "; give a gradient of the parameter's shape"});
}

/// Whether one is the shape of a vector, and the other that of a matrix with as many elements in one row or column.
template <class A, class B>
bool equal_vectors(const A& a, const B& b) {
  const auto length = [](const auto& shape) {
    std::size_t size = 1, others = 0;
    for (const auto extent : shape) size *= static_cast<std::size_t>(extent), others += extent != 1;
    return others > 1 ? std::optional<std::size_t>() : size;
  };
  return (std::size(a) == 1) != (std::size(b) == 1) && length(a) && length(a) == length(b);
}

/// Refuses a gradient whose shape differs from its leaf's. Between libraries whose vectors are matrices, a vector also
/// fits a matrix with as many elements in one row or column.
template <class X, class G>
void check_shape(const Path& path, const X& tensor, const G& gradient) {
  const auto& shape = tensor_traits<std::remove_cv_t<X>>::shape(tensor);
  const auto& gradient_shape = tensor_traits<std::remove_cv_t<G>>::shape(gradient);
  if (equal_shapes(shape, gradient_shape)) return;
  if constexpr (VectorIsMatrix<X> && VectorIsMatrix<G>)
    if (equal_vectors(shape, gradient_shape)) return;
  refuse_shape(path.leaf_name(), gradus::extents_of(tensor), gradus::extents_of(gradient));
}

}  // namespace gradus::detail
