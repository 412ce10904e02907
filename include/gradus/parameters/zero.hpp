// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/parameters/leaves.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <type_traits>

namespace gradus {

namespace detail {

template <class T>
inline constexpr std::array<T, 1024> zeros{};

template <class T>
inline const std::array<T, 1024> not_numbers = [] {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::array<T, 1024> all{};
  if constexpr (ComplexNumber<T>) all.fill(T(static_cast<arithmetic_t<T>>(nan), static_cast<arithmetic_t<T>>(nan)));
  else if constexpr (std::constructible_from<T, double>) all.fill(static_cast<T>(nan));
  return all;
}();

/// Sets all elements of a set of tensors, by blocks of `values(type)`.
template <class Gradients, class Values>
void fill_elements(Gradients& gradients, Values values) {
  for_each_leaf(gradients, no_gradient, [&]<class X>(const Path&, X& tensor, const NoGradient&) {
    const auto& all = values(std::type_identity<element_t<X>>{});
    const Order order = gradus::order_of(tensor);
    for (std::size_t first = 0, size = gradus::size_of(tensor); first < size; first += all.size())
      gradus::write_elements(tensor, order, first, std::min(all.size(), size - first), all.data());
  });
}

}  // namespace detail

/// Sets every element of a set of tensors to 0, such as gradients before accumulation.
///
/// Cost    one write of each.
template <class Gradients>
void zero(Gradients&& gradients) {
  detail::fill_elements(gradients, []<class T>(std::type_identity<T>) -> auto& { return detail::zeros<T>; });
}

/// Sets every element to NaN, so that whoever forgets to assign it is found out; what cannot be made of a number, to 0.
///
/// Cost    one write of each.
template <class Gradients>
void unset(Gradients& gradients) {
  detail::fill_elements(gradients, []<class T>(std::type_identity<T>) -> auto& { return detail::not_numbers<T>; });
}

}  // namespace gradus
