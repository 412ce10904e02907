// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/tensor/strided.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace gradus {

namespace detail {

/// A view with the interface of `std::mdspan`, the standard library's or Kokkos', whose elements are memory.
template <class X>
concept Mdspan = requires(const X& x) {
  typename X::layout_type;
  typename X::accessor_type;
  x.mapping();
  { X::rank() } -> std::convertible_to<std::size_t>;
  requires std::same_as<typename X::data_handle_type, typename X::element_type*>;
  x.data_handle();
  requires std::same_as<typename X::reference, typename X::element_type&>;
};

}  // namespace detail

/// Every mdspan whose layout has strides: `layout_right`, `layout_left`, `layout_stride`, and what `submdspan` gives.
/// A view: elements can be written through a const one.
template <detail::Mdspan X>
  requires(X::is_always_strided())
struct tensor_traits<X> : strided_traits<tensor_traits<X>, X, typename X::value_type> {
  static constexpr bool view = true;
  static constexpr bool read_only = std::is_const_v<typename X::element_type>;

  static auto strided(const X& x) {
    using T = typename X::value_type;
    Strided<T, X::rank()> all{const_cast<T*>(x.data_handle()), {}, {}};
    if constexpr (X::rank() != 0)  // else it has no strides to ask for
      for (std::size_t r = 0; r < X::rank(); ++r) {
        all.shape[r] = static_cast<std::size_t>(x.extent(r));
        all.stride[r] = static_cast<std::ptrdiff_t>(x.stride(r));
      }
    return all;
  }
};

}  // namespace gradus
