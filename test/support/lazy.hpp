// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <array>
#include <cstddef>

// A lazy gradient, like another library's expression: elements are computed when they are read.
namespace lazy {

/// Element i is `f(i)`. It counts evaluations and declares itself whether it is elementwise.
template <class T, class F>
struct Expression {
  std::size_t size;
  F f;
  bool elementwise;
  mutable std::size_t evaluated = 0;
};

template <class T, class F>
Expression<T, F> elementwise(std::size_t size, F f) {
  return {size, f, true};
}

/// It may read any element of the parameters.
template <class T, class F>
Expression<T, F> anywhere(std::size_t size, F f) {
  return {size, f, false};
}

}  // namespace lazy

template <class T, class F>
struct gradus::tensor_traits<lazy::Expression<T, F>> {
  using value_type = T;

  static std::array<std::size_t, 1> shape(const lazy::Expression<T, F>& x) { return {x.size}; }

  template <class To>
  static void read(const lazy::Expression<T, F>& x, Order, std::size_t first, std::size_t count, To* out) {
    for (std::size_t i = 0; i < count; ++i, ++x.evaluated) out[i] = static_cast<To>(x.f(first + i));
  }

  static bool elementwise(const lazy::Expression<T, F>& x, Order, const void*, const void*) { return x.elementwise; }
};
