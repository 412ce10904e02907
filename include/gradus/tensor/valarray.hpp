// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <valarray>

namespace gradus {

namespace detail {

/// What operators and functions of valarrays return, not yet assigned.
template <class X>
concept ValarrayExpression =
    requires(const X& x) {
      typename X::value_type;
      { x.size() } -> std::convertible_to<std::size_t>;
      { x[0] } -> std::convertible_to<typename X::value_type>;
    } && std::constructible_from<std::valarray<typename X::value_type>, const X&> &&
    !std::same_as<X, std::initializer_list<typename X::value_type>>;

}  // namespace detail

template <class T>
struct tensor_traits<std::valarray<T>> {
  using value_type = T;
  static std::array<std::size_t, 1> shape(const std::valarray<T>& x) { return {x.size()}; }
  static T* data(std::valarray<T>& x, Order) { return x.size() == 0 ? nullptr : std::addressof(x[0]); }
};

/// An expression of valarrays, as a gradient. It is calculated once, before the pass.
template <detail::ValarrayExpression X>
struct tensor_traits<X> {
  using value_type = typename X::value_type;
  static std::array<std::size_t, 1> shape(const X& x) { return {x.size()}; }
  template <class T>
  static void read(const X& x, Order, std::size_t first, std::size_t count, T* out) {
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<T>(x[first + i]);
  }
  static bool elementwise(const X&, Order, const void*, const void*) { return false; }
};

}  // namespace gradus
