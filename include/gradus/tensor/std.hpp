// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace gradus {

namespace detail {

template <class T>
concept StandardNumber = std::is_arithmetic_v<T> || ComplexNumber<T> || CustomNumber<T>;

/// What `std::array`, `std::vector` and `std::span` share: one block, one dimension.
template <class X, class T>
struct block_traits {
  using value_type = T;
  static std::array<std::size_t, 1> shape(const X& x) { return {{x.size()}}; }
  static T* data(const X& x, Order) { return const_cast<T*>(x.data()); }
};

}  // namespace detail

template <class T, class Allocator>
  requires detail::StandardNumber<T>
struct tensor_traits<std::vector<T, Allocator>> : detail::block_traits<std::vector<T, Allocator>, T> {};

template <class T, std::size_t N>
  requires detail::StandardNumber<T>
struct tensor_traits<std::array<T, N>> : detail::block_traits<std::array<T, N>, T> {};

template <class T, std::size_t N>
  requires detail::StandardNumber<T>
struct tensor_traits<std::span<T, N>> : detail::block_traits<std::span<T, N>, std::remove_const_t<T>> {
  static constexpr bool view = true;  // a const span still writes
  static constexpr bool read_only = std::is_const_v<T>;
};

/// A lone number is a tensor of no dimensions.
template <class T>
  requires detail::StandardNumber<T>
struct tensor_traits<T> {
  using value_type = T;
  static std::array<std::size_t, 0> shape(const T&) { return {}; }
  static T* data(T& x, Order) { return std::addressof(x); }
};

}  // namespace gradus
