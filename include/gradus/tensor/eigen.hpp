// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/core/type_name.hpp>
#include <gradus/tensor/strided.hpp>

#include <Eigen/Core>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus {

namespace detail {

template <class X>
void eigen_expression(const Eigen::DenseBase<X>&);
template <class X>
concept EigenExpression = requires(const X& x) { detail::eigen_expression(x); };

/// The actual type, where a function that takes `Eigen::MatrixBase<X>&` knows only the base.
template <class X>
using EigenDerived = std::remove_cvref_t<decltype(std::declval<const X&>().derived())>;

/// A matrix or an array with elements of its own.
template <class X>
void eigen_object(const Eigen::PlainObjectBase<X>&);
template <class X>
concept EigenObject = requires(const X& x) { detail::eigen_object(x); };

/// Its elements have addresses: matrices, arrays, maps, references, and blocks of them.
template <class X>
concept EigenInMemory =
    EigenExpression<X> && (X::Flags & Eigen::DirectAccessBit) != 0 && requires(const X& x) { x.derived().data(); };

/// Whether F is Eigen's own function of an element's value.
template <class F>
inline constexpr bool eigen_function = full_type_name<F>().starts_with("Eigen::internal::scalar_");

/// Whether an expression calculates element i from its operands' elements i.
template <class X>
inline constexpr bool eigen_pointwise = EigenObject<X>;
template <class F, class X>
inline constexpr bool eigen_pointwise<Eigen::CwiseNullaryOp<F, X>> = eigen_function<F>;
template <class F, class X>
inline constexpr bool eigen_pointwise<Eigen::CwiseUnaryOp<F, X>> =
    eigen_function<F> && eigen_pointwise<std::remove_const_t<X>>;
template <class F, class X, class Y>
inline constexpr bool eigen_pointwise<Eigen::CwiseBinaryOp<F, X, Y>> =
    eigen_function<F> && eigen_pointwise<std::remove_const_t<X>> && eigen_pointwise<std::remove_const_t<Y>>;
template <class X>
inline constexpr bool eigen_pointwise<Eigen::ArrayWrapper<X>> = eigen_pointwise<std::remove_const_t<X>>;
template <class X>
inline constexpr bool eigen_pointwise<Eigen::MatrixWrapper<X>> = eigen_pointwise<std::remove_const_t<X>>;

}  // namespace detail

/// Every Eigen type that has its elements in memory: `Matrix`, `Array`, `Map`, `Ref`, and their blocks, rows, columns
/// and segments, also as temporaries. What Eigen calls a vector has one extent, everything else two; either may
/// be the gradient of the other.
template <detail::EigenInMemory X>
struct tensor_traits<X> : strided_traits<tensor_traits<X>, X, typename X::Scalar> {
  static constexpr bool vector_is_matrix = true;
  static constexpr bool read_only = (X::Flags & Eigen::LvalueBit) == 0;
  static constexpr bool owns = detail::EigenObject<X> && std::same_as<X, detail::EigenDerived<X>>;

  static auto strided(const X& x) {
    using T = typename X::Scalar;
    const auto size = [](Eigen::Index n) { return static_cast<std::size_t>(n); };
    const detail::EigenDerived<X>& all = x.derived();
    T* data = const_cast<T*>(all.data());
    if constexpr (X::IsVectorAtCompileTime) return Strided<T, 1>{data, {size(all.size())}, {all.innerStride()}};
    else return Strided<T, 2>{data, {size(all.rows()), size(all.cols())}, {all.rowStride(), all.colStride()}};
  }
};

/// Every other Eigen expression, as a gradient. Elementwise sums, products and functions of vectors are calculated
/// within the pass; everything else, such as a matrix product, once before it.
template <class X>
  requires(detail::EigenExpression<X> && !detail::EigenInMemory<X>)
struct tensor_traits<X> {
  using value_type = std::remove_const_t<typename X::Scalar>;
  static constexpr bool vector_is_matrix = true;
  static constexpr bool whole = !(X::IsVectorAtCompileTime && detail::eigen_pointwise<detail::EigenDerived<X>>);

  static auto shape(const X& x) {
    if constexpr (X::IsVectorAtCompileTime) return std::array{static_cast<std::size_t>(x.size())};
    else return std::array{static_cast<std::size_t>(x.rows()), static_cast<std::size_t>(x.cols())};
  }

  template <class T>
  static void read(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
    if constexpr (!whole) {
      using Part = Eigen::Array<T, Eigen::Dynamic, 1>;
      Eigen::Map<Part> part(out, static_cast<Eigen::Index>(count));
      const auto read_part =
          x.derived().segment(static_cast<Eigen::Index>(first), part.size()).array().template cast<T>();
      if constexpr (X::ColsAtCompileTime == 1) part = read_part;
      else part = read_part.transpose();
    } else if (first == 0 && count == static_cast<std::size_t>(x.size())) {
      if (order == Order::row_major) evaluate<Eigen::RowMajor>(x, out);
      else evaluate<Eigen::ColMajor>(x, out);
    } else {
      const typename X::PlainObject all = x.derived();
      tensor_traits<typename X::PlainObject>::read(all, order, first, count, out);
    }
  }

  static bool elementwise(const X& x, Order, const void* begin, const void* end) {
    if constexpr (!whole) return apart(x.derived(), begin, end);
    else return false;
  }

 private:
  // Eigen allows row vectors only row-major, and column vectors only column-major.
  template <int Order, class T>
  static void evaluate(const X& x, T* out) {
    constexpr int rows = X::RowsAtCompileTime, columns = X::ColsAtCompileTime;
    constexpr int order = rows == 1 && columns != 1 ? Eigen::RowMajor : columns == 1 ? Eigen::ColMajor : Order;
    Eigen::Map<Eigen::Matrix<T, rows, columns, order>> all(out, x.rows(), x.cols());
    if constexpr (std::same_as<T, typename X::Scalar>) all.noalias() = x.derived().matrix();
    else all = x.derived().matrix().template cast<T>();
  }

  // Whether every operand is exactly the block [begin, end) or lies outside it.
  template <class Y>
  static bool apart(const Y& y, const void* begin, const void* end) {
    if constexpr (detail::EigenObject<Y>) {
      return same_or_apart(y.data(), y.data() + y.size(), begin, end);
    } else if constexpr (requires { y.lhs(), y.rhs(); }) {
      return apart(y.lhs(), begin, end) && apart(y.rhs(), begin, end);
    } else if constexpr (requires { y.nestedExpression(); }) {
      return apart(y.nestedExpression(), begin, end);
    } else {
      return true;
    }
  }
};

}  // namespace gradus
