// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/tensor/strided.hpp>

#include <boost/multi_array.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus {

namespace detail {

/// An array of Boost.MultiArray, a part or a view of one, or a reference to memory.
template <class X>
concept MultiArray = requires(X& x) {
  typename X::element;
  { X::dimensionality } -> std::convertible_to<std::size_t>;
  { x.origin() } -> std::convertible_to<const typename X::element*>;
  { x.index_bases() } -> std::convertible_to<const boost::multi_array_types::index*>;
  { x.strides() } -> std::convertible_to<const boost::multi_array_types::index*>;
};

template <class X>
inline constexpr bool owns_multi_array = false;
template <class T, std::size_t Rank, class Allocator>
inline constexpr bool owns_multi_array<boost::multi_array<T, Rank, Allocator>> = true;

}  // namespace detail

/// `boost::multi_array`, `multi_array_ref` and what indices and ranges make of them, in any storage order and with any
/// index bases. Elements of const objects and of `const_` types are read-only.
template <detail::MultiArray X>
struct tensor_traits<X> : strided_traits<tensor_traits<X>, X, std::remove_const_t<typename X::element>> {
  static constexpr bool read_only = std::is_const_v<std::remove_pointer_t<decltype(std::declval<X&>().origin())>>;
  static constexpr bool owns = detail::owns_multi_array<X>;

  static auto strided(const X& x) {
    using T = std::remove_const_t<typename X::element>;
    Strided<T, X::dimensionality> all{const_cast<T*>(x.origin()), {}, {}};
    for (std::size_t r = 0; r < X::dimensionality; ++r) {
      all.shape[r] = x.shape()[r], all.stride[r] = x.strides()[r];
      all.data += x.index_bases()[r] * x.strides()[r];
    }
    return all;
  }
};

}  // namespace gradus
