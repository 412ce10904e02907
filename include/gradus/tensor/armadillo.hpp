// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/tensor/strided.hpp>

#include <armadillo>

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>

namespace gradus {

namespace detail {

// Types with their elements in memory, as strided memory. Armadillo stores columns one after the other.
template <class T>
auto armadillo_strided(const arma::Mat<T>& x, std::size_t row, std::size_t column, std::size_t rows,
                       std::size_t columns) {
  const std::size_t step = x.n_rows;
  return Strided<T, 2>{
      const_cast<T*>(x.memptr()) + (column * step + row), {rows, columns}, {1, static_cast<std::ptrdiff_t>(step)}};
}
template <class T>
Strided<T, 1> armadillo_line(const Strided<T, 2>& x, std::size_t axis) {
  return {x.data, {x.shape[axis]}, {x.stride[axis]}};
}

template <class T>
auto armadillo_strided(const arma::Mat<T>& x) {
  return armadillo_strided(x, 0, 0, x.n_rows, x.n_cols);
}
template <class T>
auto armadillo_strided(const arma::Col<T>& x) {
  return Strided<T, 1>{const_cast<T*>(x.memptr()), {x.n_elem}, {1}};
}
template <class T>
auto armadillo_strided(const arma::Row<T>& x) {
  return Strided<T, 1>{const_cast<T*>(x.memptr()), {x.n_elem}, {1}};
}
template <class T>
auto armadillo_strided(const arma::subview<T>& x) {
  return armadillo_strided(x.m, x.aux_row1, x.aux_col1, x.n_rows, x.n_cols);
}
template <class T>
auto armadillo_strided(const arma::subview_col<T>& x) {
  return armadillo_line(armadillo_strided(static_cast<const arma::subview<T>&>(x)), 0);
}
template <class T>
auto armadillo_strided(const arma::subview_row<T>& x) {
  return armadillo_line(armadillo_strided(static_cast<const arma::subview<T>&>(x)), 1);
}
template <class T>
auto armadillo_strided(const arma::diagview<T>& x) {
  const auto all = armadillo_strided(x.m, x.row_offset, x.col_offset, x.n_elem, 1);
  return Strided<T, 1>{all.data, {x.n_elem}, {all.stride[1] + 1}};
}
template <class T>
auto armadillo_strided(const arma::Cube<T>& x, std::size_t first, std::size_t rows, std::size_t columns,
                       std::size_t slices) {
  return Strided<T, 3>{const_cast<T*>(x.memptr()) + first,
                       {rows, columns, slices},
                       {1, static_cast<std::ptrdiff_t>(x.n_rows), static_cast<std::ptrdiff_t>(x.n_elem_slice)}};
}
template <class T>
auto armadillo_strided(const arma::Cube<T>& x) {
  return armadillo_strided(x, 0, x.n_rows, x.n_cols, x.n_slices);
}
template <class T>
auto armadillo_strided(const arma::subview_cube<T>& x) {
  const std::size_t first = x.aux_slice1 * x.m.n_elem_slice + x.aux_col1 * x.m.n_rows + x.aux_row1;
  return armadillo_strided(x.m, first, x.n_rows, x.n_cols, x.n_slices);
}

template <class X>
concept ArmadilloInMemory = requires(const X& x) { armadillo_strided(x); };

template <class X>
concept ArmadilloCubic = arma::is_arma_cube_type<X>::value;

template <class X>
concept ArmadilloExpression = (arma::is_arma_type<X>::value || ArmadilloCubic<X>) && !ArmadilloInMemory<X>;

// The type of an expression's result.
template <class X>
using ArmadilloWhole =
    std::conditional_t<ArmadilloCubic<X>, arma::Cube<typename X::elem_type>, arma::Mat<typename X::elem_type>>;

template <class X>
constexpr bool armadillo_line_of = requires { requires X::is_row || X::is_col; };

// Rows and columns, without calculating a product for them.
template <class X, class Y>
std::array<std::size_t, 2> armadillo_shape(const arma::Glue<X, Y, arma::glue_times>& x);
template <class X>
std::array<std::size_t, 2> armadillo_shape(const arma::Op<X, arma::op_htrans>& x);
template <class X>
std::array<std::size_t, 2> armadillo_shape(const X& x) {
  if constexpr (requires { x.get_n_rows(); }) {
    return {x.get_n_rows(), x.get_n_cols()};
  } else if constexpr (requires { x.n_rows; }) {
    return {x.n_rows, x.n_cols};
  } else {
    const arma::Proxy<X> evaluated(x);
    return {evaluated.get_n_rows(), evaluated.get_n_cols()};
  }
}
template <class X, class Y>
std::array<std::size_t, 2> armadillo_shape(const arma::Glue<X, Y, arma::glue_times>& x) {
  return {armadillo_shape(x.A)[0], armadillo_shape(x.B)[1]};
}
template <class X>
std::array<std::size_t, 2> armadillo_shape(const arma::Op<X, arma::op_htrans>& x) {
  const auto shape = armadillo_shape(x.m);
  return {shape[1], shape[0]};
}
template <ArmadilloCubic X>
std::array<std::size_t, 3> armadillo_shape(const X& x) {
  const arma::ProxyCube<X> evaluated(x);
  return {evaluated.get_n_rows(), evaluated.get_n_cols(), evaluated.get_n_slices()};
}

}  // namespace detail

/// Every Armadillo type that has its elements in memory: `Mat`, `Col`, `Row`, `Cube`, and their subviews, columns, rows
/// and diagonals, also as temporaries. `Col`, `Row` and views of one line have one extent.
template <detail::ArmadilloInMemory X>
struct tensor_traits<X> : strided_traits<tensor_traits<X>, X, typename X::elem_type> {
  using T = typename X::elem_type;
  static constexpr bool vector_is_matrix = true;
  static constexpr bool owns = std::derived_from<X, arma::Mat<T>> || std::derived_from<X, arma::Cube<T>>;

  static auto strided(const X& x) { return detail::armadillo_strided(x); }
};

/// Every other Armadillo expression of matrices or cubes, as a gradient. It is calculated once, before the pass, and
/// again where only the result tells its shape (`sort`, `join_slices`).
template <detail::ArmadilloExpression X>
struct tensor_traits<X> {
  using value_type = typename X::elem_type;
  using Whole = detail::ArmadilloWhole<X>;
  static constexpr bool vector_is_matrix = true;
  static constexpr bool whole = true;

  static auto shape(const X& x) {
    const auto shape = detail::armadillo_shape(x);
    if constexpr (detail::armadillo_line_of<X>) return std::array{shape[0] * shape[1]};
    else return shape;
  }

  template <class T>
  static void read(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
    const auto shape = detail::armadillo_shape(x);
    if constexpr (std::same_as<T, value_type>) {
      const std::size_t size = std::apply([](auto... extents) { return (extents * ...); }, shape);
      if (first == 0 && count == size && (order == Order::column_major || detail::armadillo_line_of<X>)) {
        std::apply([&](auto... extents) { Whole(out, extents..., false, true) = x; }, shape);
        return;
      }
    }
    tensor_traits<Whole>::read(Whole(x), order, first, count, out);
  }

  static bool elementwise(const X&, Order, const void*, const void*) { return false; }
};

}  // namespace gradus
