// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/parameters/leaves.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace gradus {

/// Sets every element of a set of tensors to 0, such as gradients before accumulation.
///
/// Cost    one write of each.
template <class Gradients>
void zero(Gradients&& gradients) {
  for_each_leaf(gradients, detail::no_gradient, [](const Path&, auto& tensor, const NoGradient&) {
    static constexpr element_t<decltype(tensor)> zeros[1024]{};
    const Order order = order_of(tensor);
    for (std::size_t first = 0, size = size_of(tensor); first < size; first += std::size(zeros))
      write_elements(tensor, order, first, std::min(std::size(zeros), size - first), zeros);
  });
}

}  // namespace gradus
