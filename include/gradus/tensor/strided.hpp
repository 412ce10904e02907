// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <array>
#include <cstddef>
#include <functional>

namespace gradus {

/// Whether strides are those of one block in the given order; the stride of an extent of 1 does not matter.
template <class Shape, class Strides>
bool lies_in_order(const Shape& shape, const Strides& strides, Order order) {
  std::ptrdiff_t expected = 1;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = order == Order::row_major ? shape.size() - 1 - k : k;
    if (shape[axis] != 1 && static_cast<std::ptrdiff_t>(strides[axis]) != expected) return false;
    expected *= static_cast<std::ptrdiff_t>(shape[axis]);
  }
  return true;
}

/// Whether the block [first, last) that an expression reads is exactly [begin, end), or lies outside it.
inline bool same_or_apart(const void* first, const void* last, const void* begin, const void* end) {
  const std::less<> before;
  return first == begin || !before(first, end) || !before(begin, last);
}

/// Numbers in memory with a stride along each axis: what maps, blocks, subviews and slices of all libraries are.
template <class T, std::size_t Rank>
struct Strided {
  T* data;
  std::array<std::size_t, Rank> shape;
  std::array<std::ptrdiff_t, Rank> stride;

  bool lies_in(Order order) const { return lies_in_order(shape, stride, order); }

  /// Calls f with where the first element is, then the last along each axis.
  template <class F>
  void corners(F f) const {
    f(data);
    for (std::size_t k = 0; k < Rank; ++k) f(data + static_cast<std::ptrdiff_t>(shape[k] - 1) * stride[k]);
  }

  /// Calls f(i, element) for `count` elements from number `first` on in that order, i from 0.
  template <class F>
  void visit(Order order, std::size_t first, std::size_t count, F f) const {
    std::array<std::size_t, Rank> at{};
    std::ptrdiff_t offset = 0;
    for (std::size_t k = 0; k < Rank && count != 0; ++k) {
      const std::size_t a = axis(order, k);
      at[a] = first % shape[a], first /= shape[a];
      offset += static_cast<std::ptrdiff_t>(at[a]) * stride[a];
    }
    for (std::size_t i = 0; i < count; ++i) {
      f(i, data[offset]);
      for (std::size_t k = 0; k < Rank; ++k) {
        const std::size_t a = axis(order, k);
        offset += stride[a];
        if (++at[a] != shape[a]) break;
        offset -= static_cast<std::ptrdiff_t>(shape[a]) * stride[a], at[a] = 0;
      }
    }
  }

 private:
  // The axis whose index changes k-th fastest.
  static std::size_t axis(Order order, std::size_t k) { return order == Order::row_major ? Rank - 1 - k : k; }
};

/// The trait of an X with elements T, which `Trait::strided(x)` shows as a `Strided`.
template <class Trait, class X, class T>
struct strided_traits {
  using value_type = T;

  static auto shape(const X& x) { return Trait::strided(x).shape; }
  static Order order(const X& x) {
    const auto all = Trait::strided(x);
    return !all.lies_in(Order::row_major) && all.lies_in(Order::column_major) ? Order::column_major : Order::row_major;
  }
  static T* data(X& x, Order order) {
    const auto all = Trait::strided(x);
    return all.lies_in(order) ? all.data : nullptr;
  }
  template <class F>
  static void corners(X& x, F f) {
    Trait::strided(x).corners(f);
  }
  template <class F>
  static void visit(const X& x, F f) {
    Trait::strided(x).visit(Order::row_major, 0, gradus::size_of(x),
                            [&](std::size_t, const T& element) { f(element); });
  }

  template <class To>
  static void read(const X& x, Order order, std::size_t first, std::size_t count, To* out) {
    Trait::strided(x).visit(order, first, count,
                            [&](std::size_t i, const T& element) { out[i] = static_cast<To>(element); });
  }
  static void write(X& x, Order order, std::size_t first, std::size_t count, const T* in) {
    Trait::strided(x).visit(order, first, count, [&](std::size_t i, T& element) { element = in[i]; });
  }
};

}  // namespace gradus
