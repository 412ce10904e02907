// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/parameters/leaves.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <limits>

namespace gradus {

namespace detail {

/// Sets every element of a set of tensors to `value` of its type.
template <class Gradients, class Value>
void fill_elements(Gradients& gradients, Value value) {
  for_each_leaf(gradients, no_gradient, [&]<class X>(const Path&, X& tensor, const NoGradient&) {
    element_t<X> all[256];
    std::fill(std::begin(all), std::end(all), value.template operator()<element_t<X>>());
    const Order order = order_of(tensor);
    for (std::size_t first = 0, size = size_of(tensor); first < size; first += std::size(all))
      write_elements(tensor, order, first, std::min(std::size(all), size - first), all);
  });
}

}  // namespace detail

/// Sets every element of a set of tensors to 0, such as gradients before accumulation.
///
/// Cost    one write of each.
template <class Gradients>
void zero(Gradients&& gradients) {
  detail::fill_elements(gradients, []<class T>() { return T{}; });
}

/// Sets every element to NaN, so that whoever forgets to assign it is found out; what cannot be made of a number, to 0.
template <class Gradients>
void unset(Gradients& gradients) {
  detail::fill_elements(gradients, []<class T>() {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if constexpr (Complex<T>) return T(static_cast<arithmetic_t<T>>(nan), static_cast<arithmetic_t<T>>(nan));
    else if constexpr (std::constructible_from<T, double>) return static_cast<T>(nan);
    else return T{};
  });
}

}  // namespace gradus
