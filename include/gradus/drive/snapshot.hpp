// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/parameters/leaves.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <type_traits>
#include <vector>

namespace gradus {

/// The values of a set of parameters at one point, whatever tensors they are in. Taking it again does not allocate.
class Snapshot {
 public:
  template <class Theta>
  void take(Theta& theta) {
    bytes_.clear();
    detail::for_each_leaf(theta, detail::no_gradient,
                          [&](const detail::Path&, auto& tensor, const detail::NoGradient&) {
                            using X = std::remove_cvref_t<decltype(tensor)>;
                            const std::size_t from = bytes_.size();
                            bytes_.resize(from + gradus::size_of(tensor) * sizeof(element_t<X>));
                            copy(tensor, bytes_.data() + from, true);
                          });
  }

  template <class Theta>
  void restore(Theta& theta) {
    std::byte* from = bytes_.data();
    detail::for_each_leaf(theta, detail::no_gradient,
                          [&](const detail::Path&, auto& tensor, const detail::NoGradient&) {
                            using X = std::remove_cvref_t<decltype(tensor)>;
                            copy(tensor, from, false);
                            from += gradus::size_of(tensor) * sizeof(element_t<X>);
                          });
  }

 private:
  // Element by element through a buffer: the bytes of a set of mixed types are not aligned.
  template <class X>
  static void copy(X& tensor, std::byte* bytes, bool out) {
    using T = element_t<X>;
    const Order order = gradus::order_of(tensor);
    T buffer[256];
    for (std::size_t first = 0, size = gradus::size_of(tensor); first < size; first += std::size(buffer)) {
      const std::size_t count = std::min(std::size(buffer), size - first);
      std::byte* at = bytes + first * sizeof(T);
      if (out) {
        gradus::read_elements(tensor, order, first, count, buffer);
        std::memcpy(at, buffer, count * sizeof(T));
      } else {
        std::memcpy(buffer, at, count * sizeof(T));
        gradus::write_elements(tensor, order, first, count, buffer);
      }
    }
  }

  std::vector<std::byte> bytes_;
};

}  // namespace gradus
