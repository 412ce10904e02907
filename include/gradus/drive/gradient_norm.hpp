// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/simd.hpp>
#include <gradus/core/norm_meter.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <vector>

namespace gradus {

/// The norm of a gradient over all leaves, as `ClipNorm` takes it: of any order from 1 to infinity, safe from overflow.
/// `theta` gives the leaves and the order of their elements. `Gradients`: see `Storage`.
/// Errors  `Refused` where a gradient does not have its leaf's shape.
template <class Gradients = void, class Theta, class G>
double gradient_norm(Theta& theta, const G& gradient, double order = 2) {
  detail::NormMeter<backend::Simd> meter(order);
  const Norm norm = meter.measure([&] {
    detail::for_each_gradient<Gradients>(theta, gradient, [&](const detail::Path& path, auto& tensor, const auto& g) {
      using T = element_t<std::remove_cvref_t<decltype(tensor)>>;
      if constexpr (ComplexNumber<T>) detail::check_order_of_complex(order);
      detail::check_shape(path, tensor, g);
      const Order in = gradus::order_of(tensor);
      const std::size_t size = gradus::size_of(tensor);
      if constexpr (read_as_a_whole<decltype(g)>()) {
        std::vector<T> all(size);
        gradus::read_elements(g, in, 0, size, all.data());
        meter.add(as_reals(all.data()), size * reals_of<T>);
      } else {
        T buffer[1024];
        for (std::size_t first = 0; first < size; first += std::size(buffer)) {
          const std::size_t count = std::min(std::size(buffer), size - first);
          gradus::read_elements(g, in, first, count, buffer);
          meter.add(as_reals(buffer), count * reals_of<T>);
        }
      }
    });
  });
  return norm.value();
}

}  // namespace gradus
