// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/core/type_name.hpp>
#include <gradus/tensor/strided.hpp>

#if __has_include(<xtensor/containers/xtensor.hpp>)  // xtensor 0.26 and later
#include <xtensor/containers/xadapt.hpp>
#include <xtensor/containers/xarray.hpp>
#include <xtensor/containers/xfixed.hpp>
#include <xtensor/containers/xtensor.hpp>
#include <xtensor/views/xstrided_view.hpp>
#include <xtensor/views/xview.hpp>
#else
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xfixed.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#endif

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace gradus {

namespace detail {

template <class X>
concept XtensorExpression = std::derived_from<X, xt::xexpression<X>>;

/// Its elements are in memory: containers, adaptors, and views and broadcasts of them.
template <class X>
concept XtensorInMemory = XtensorExpression<X> && std::is_lvalue_reference_v<typename X::reference>;

/// Its elements have addresses with strides between them.
template <class X>
concept XtensorStrided = XtensorInMemory<X> && xt::has_data_interface<X>::value && xt::has_strides<X>::value;

/// It is one whole block: containers and adaptors.
template <class X>
inline constexpr bool is_xcontainer = std::is_base_of_v<xt::xcontainer<X>, X>;

/// It may show memory it does not own.
template <class X>
inline constexpr bool is_xadaptor = false;
template <class C, xt::layout_type L, class Shape, class Tag>
inline constexpr bool is_xadaptor<xt::xarray_adaptor<C, L, Shape, Tag>> = true;
template <class C, std::size_t N, xt::layout_type L, class Tag>
inline constexpr bool is_xadaptor<xt::xtensor_adaptor<C, N, L, Tag>> = true;

template <class X>
inline constexpr bool is_xfunction = false;
template <class F, class... Operand>
inline constexpr bool is_xfunction<xt::xfunction<F, Operand...>> = true;

/// Whether an expression calculates each element from the operands' elements at the same place, by xtensor's own
/// functions: containers and scalars under arithmetic. A user's function may read anything.
template <class X>
inline constexpr bool pointwise = is_xcontainer<X>;
template <class C>
inline constexpr bool pointwise<xt::xscalar<C>> = true;
template <class F, class... Operand>
inline constexpr bool pointwise<xt::xfunction<F, Operand...>> =
    full_type_name<F>().starts_with("xt::") && !full_type_name<F>().starts_with("xt::detail::lambda_adapt<") &&
    (pointwise<std::decay_t<Operand>> && ...);

// Copies elements in the given order, by xtensor's iteration.
template <class X, class T>
void iterate(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
  const auto copy = [&](auto from) {
    from += static_cast<std::ptrdiff_t>(first);
    for (std::size_t i = 0; i < count; ++i, ++from) out[i] = static_cast<T>(*from);
  };
  if (order == Order::row_major) copy(x.template begin<xt::layout_type::row_major>());
  else copy(x.template begin<xt::layout_type::column_major>());
}

}  // namespace detail

/// Every xtensor type that has its elements in memory: `xarray`, `xtensor`, `xtensor_fixed`, adaptors, and views of
/// them, row- or column-major or strided. What is not one block is walked by xtensor's iteration.
template <detail::XtensorInMemory X>
struct tensor_traits<X> {
  using value_type = std::remove_const_t<typename X::value_type>;
  static constexpr bool view = !detail::is_xcontainer<X>;
  static constexpr bool read_only = std::is_const_v<std::remove_reference_t<typename X::reference>>;
  static constexpr bool owns = detail::is_xcontainer<X> && !detail::is_xadaptor<X>;

  static const auto& shape(const X& x) { return x.shape(); }

  static Order order(const X& x) {
    if constexpr (detail::XtensorStrided<X>)
      if (!lies_in_order(x.shape(), x.strides(), Order::row_major) &&
          lies_in_order(x.shape(), x.strides(), Order::column_major))
        return Order::column_major;
    return Order::row_major;
  }

  static value_type* data(X& x, Order order) {
    if constexpr (detail::XtensorStrided<X>) {
      if (lies_in_order(x.shape(), x.strides(), order)) return const_cast<value_type*>(x.data()) + x.data_offset();
    }
    return nullptr;
  }

  template <class F>
  static void corners(X& x, F f) {
    const auto first = x.template begin<xt::layout_type::row_major>();
    f(&*first);
    auto elements = static_cast<std::ptrdiff_t>(x.size());  // from one index of an axis to the next
    for (const auto extent : x.shape()) {
      const auto count = static_cast<std::ptrdiff_t>(extent);
      elements /= count;
      f(&*(first + (count - 1) * elements));
    }
  }
  template <class F>
  static void visit(const X& x, F f) {
    for (const value_type& element : x) f(element);
  }

  template <class T>
  static void read(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
    detail::iterate(x, order, first, count, out);
  }

  static void write(X& x, Order order, std::size_t first, std::size_t count, const value_type* in) {
    const auto copy = [&](auto to) {
      to += static_cast<std::ptrdiff_t>(first);
      for (std::size_t i = 0; i < count; ++i, ++to) *to = in[i];
    };
    if (order == Order::row_major) copy(x.template begin<xt::layout_type::row_major>());
    else copy(x.template begin<xt::layout_type::column_major>());
  }
};

/// Every other xtensor expression, as a gradient.
template <class X>
  requires(detail::XtensorExpression<X> && !detail::XtensorInMemory<X>)
struct tensor_traits<X> {
  using value_type = std::remove_cvref_t<typename X::value_type>;

  static const auto& shape(const X& x) { return x.shape(); }

  template <class T>
  static void read(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
    if constexpr (detail::pointwise<X>) {
      if (linear(x, order)) {
        for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<T>(x.data_element(first + i));
        return;
      }
    }
    detail::iterate(x, order, first, count, out);
  }

  static bool elementwise(const X& x, Order order, const void* begin, const void* end) {
    if constexpr (detail::pointwise<X>) return linear(x, order) && apart(x, begin, end);
    else return false;
  }

 private:
  // Whether element i in that order is calculated from elements i of the operands' memory.
  static bool linear(const X& x, Order order) {
    if constexpr (requires { x.shape().size(); }) {
      xt::dynamic_shape<std::ptrdiff_t> strides(x.dimension());  // on the stack, up to rank 4
      std::ptrdiff_t expected = 1;
      for (std::size_t k = 0; k < strides.size(); ++k) {
        const std::size_t axis = order == Order::row_major ? strides.size() - 1 - k : k;
        strides[axis] = x.shape()[axis] == 1 ? 0 : expected;
        expected *= static_cast<std::ptrdiff_t>(x.shape()[axis]);
      }
      return x.has_linear_assign(strides);
    }
    return false;
  }

  // Whether every operand is exactly the block [begin, end), or lies outside it as every scalar must.
  template <class Y>
  static bool apart(const Y& y, const void* begin, const void* end) {
    if constexpr (detail::is_xfunction<Y>) {
      return std::apply([&](const auto&... operand) { return (apart(operand, begin, end) && ...); }, y.arguments());
    } else if constexpr (detail::is_xcontainer<Y>) {
      const auto* first = y.data() + y.data_offset();
      return same_or_apart(first, first + y.size(), begin, end);
    } else {  // a scalar, which may be an element of the parameters
      const std::less<> before;
      const void* at = std::addressof(y.expression());
      return before(at, begin) || !before(at, end);
    }
  }
};

/// A slot of a state as an xtensor of the parameter's shape: a view, valid as long as the state is.
///
///     auto velocity = gradus::slot_as_xtensor<double>(state, "velocity");
template <class T, class State>
auto slot_as_xtensor(const State& state, std::string_view slot, std::string_view leaf = {}) {
  const auto values = state.template slot<T>(slot, leaf);
  const auto extents = state.shape(leaf);
  const std::vector<std::size_t> shape(extents.begin(), extents.end());
  std::vector<std::ptrdiff_t> strides(shape.size());
  const auto layout =
      state.order(leaf) == Order::row_major ? xt::layout_type::row_major : xt::layout_type::column_major;
  xt::compute_strides(shape, layout, strides);
  return xt::adapt(values.data(), values.size(), xt::no_ownership(), shape, strides);
}

}  // namespace gradus
