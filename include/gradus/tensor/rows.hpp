// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/core/tensor.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// The gradient of some rows of a table, made by `lazy_rows` or `dense_rows`: refers to the rows' values, one row after
/// the other, and owns or refers to their numbers.
template <class T, class Shape, bool Lazy, class Numbers>
struct RowGradient {
  Shape shape;  ///< the table's
  Numbers rows;
  const T* values;
  std::size_t width;  ///< elements of a row
};

/// Row numbers of another type than `std::size_t`.
template <class R>
concept OtherRows = requires(const R& rows) {
  requires std::integral<std::iter_value_t<decltype(std::begin(rows))>>;
  requires !std::same_as<std::iter_value_t<decltype(std::begin(rows))>, std::size_t>;
  requires !std::same_as<std::iter_value_t<decltype(std::begin(rows))>, bool>;
};

namespace detail {

template <OtherRows R>
std::vector<std::size_t> copied(const R& numbers) {
  std::vector<std::size_t> all;
  for (const auto number : numbers) {
    if (std::cmp_less(number, 0)) refuse({"row ", +number, " is not in the table; count rows from 0"});
    all.push_back(static_cast<std::size_t>(number));
  }
  return all;
}

template <bool Lazy, Tensor X, class Numbers, Tensor G>
auto rows_of(const X& table, Numbers numbers, const G& values) {
  constexpr bool stored = !LazyTensor<G>;
  static_assert(stored, "gradus: the values of rows are an expression, and are referred to; keep them in a tensor");
  using T = element_t<G>;
  const std::span<const std::size_t> rows = numbers;
  const T* first = tensor_traits<G>::data(const_cast<G&>(values), Order::row_major);
  const std::size_t size = gradus::size_of(table), count = gradus::size_of(values),
                    width = rows.empty() ? 0 : count / rows.size();
  if (count != 0 && !first) refuse("the values of rows are no block of memory in rows; keep them in one");
  if (width * rows.size() != count || (width == 0) != rows.empty() || (width != 0 && size % width != 0))
    refuse({count, " values of ", rows.size(), " rows of a table of ", size,
            " elements: give each row as many as the table's rows have"});
  const auto& shape = tensor_traits<X>::shape(table);
  if (std::size(shape) > 1 && width != 0 && static_cast<std::size_t>(*std::begin(shape)) * width != size)
    refuse({"the values have rows of ", width, " elements, the table has ", *std::begin(shape), " rows of ",
            size / static_cast<std::size_t>(*std::begin(shape))});
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (rows[k] >= size / width) refuse({"row ", rows[k], " is not in the table, which has ", size / width});
    if (k != 0 && rows[k - 1] >= rows[k])
      refuse({"row ", rows[k], " stands behind row ", rows[k - 1],
              "; give every row once, in order, with the sum of its gradients"});
  }
  using Shape = std::remove_cvref_t<decltype(shape)>;
  return RowGradient<T, Shape, Lazy, Numbers>{shape, std::move(numbers), first, width};
}

}  // namespace detail

/// The gradient of some rows of a table, such as the words of a batch. A step touches only these: in other rows
/// neither parameters nor slots change, so moments do not decay (`torch.optim.SparseAdam`, LazyAdam). Norms cover only
/// these rows; the leaf's clock counts the step.
///
///     optimizer.descend(table, lazy_rows(table, rows, values), state);
///
/// `rows` are row numbers, each once, in ascending order; `values` has their gradients, one row after the other. Both
/// are referred to, except numbers of another type than `std::size_t`, which are copied. A table of one dimension is
/// cut into rows as wide as those of the values.
/// Cost    that of the rows, and a call per row; in a column-major table, per column of each run of adjacent rows.
/// Errors  `Refused` for rows that are not in the table, not in order, or of another width; for a step, if a
///         policy needs whole leaves.
template <Tensor X, Tensor G>
auto lazy_rows(const X& table, std::span<const std::size_t> rows, const G& values) {
  return detail::rows_of<true>(table, rows, values);
}
template <Tensor X, OtherRows R, Tensor G>
auto lazy_rows(const X& table, const R& rows, const G& values) {
  return detail::rows_of<true>(table, detail::copied(rows), values);
}

/// The same gradient, 0 in all other rows: a step gives the bits of one by a whole table of gradients.
template <Tensor X, Tensor G>
auto dense_rows(const X& table, std::span<const std::size_t> rows, const G& values) {
  return detail::rows_of<false>(table, rows, values);
}
template <Tensor X, OtherRows R, Tensor G>
auto dense_rows(const X& table, const R& rows, const G& values) {
  return detail::rows_of<false>(table, detail::copied(rows), values);
}

template <class T, class Shape, bool Lazy, class Numbers>
struct tensor_traits<RowGradient<T, Shape, Lazy, Numbers>> {
  using X = RowGradient<T, Shape, Lazy, Numbers>;
  using value_type = T;
  static constexpr bool read_only = true, owns = false;

  static const Shape& shape(const X& x) { return x.shape; }
  static T* data(X&, Order) { return nullptr; }

  /// The elements of the whole table.
  template <class U>
  static void read(const X& x, Order order, std::size_t first, std::size_t count, U* out) {
    std::fill_n(out, count, U(0));
    if (x.rows.empty()) return;
    if (order == Order::row_major || x.width == 1) read_in_rows(x, first, count, out);
    else
      for (std::size_t i = 0; i < count; ++i) out[i] = read_in_columns<U>(x, first + i);
  }

  static bool elementwise(const X& x, Order, const void* begin, const void* end)
    requires(!Lazy)
  {
    const void *first = x.values, *last = x.values + x.rows.size() * x.width;
    return !(std::less<>{}(first, end) && std::less<>{}(begin, last));
  }

  static const X& touched(const X& x)
    requires Lazy
  {
    return x;
  }

 private:
  template <class U>
  static void read_in_rows(const X& x, std::size_t first, std::size_t count, U* out) {
    const std::size_t end = first + count;
    const std::span<const std::size_t> rows = x.rows;
    auto row = std::lower_bound(rows.begin(), rows.end(), first / x.width);
    for (; row != rows.end() && *row * x.width < end; ++row) {
      const std::size_t begin = *row * x.width, from = std::max(begin, first), to = std::min(begin + x.width, end);
      const T* values = x.values + static_cast<std::size_t>(row - rows.begin()) * x.width;
      std::transform(values + (from - begin), values + (to - begin), out + (from - first),
                     [](T value) { return static_cast<U>(value); });
    }
  }

  // Element i in column-major order.
  template <class U>
  static U read_in_columns(const X& x, std::size_t i) {
    const auto first = std::begin(x.shape), last = std::end(x.shape);
    const auto height = static_cast<std::size_t>(*first);
    const std::span<const std::size_t> rows = x.rows;
    const auto row = std::lower_bound(rows.begin(), rows.end(), i % height);
    if (row == rows.end() || *row != i % height) return U(0);
    std::size_t rest = i / height, stride = x.width, at = 0;
    for (auto extent = std::next(first); extent != last; ++extent) {
      stride /= static_cast<std::size_t>(*extent);
      at += rest % static_cast<std::size_t>(*extent) * stride, rest /= static_cast<std::size_t>(*extent);
    }
    return static_cast<U>(x.values[static_cast<std::size_t>(row - rows.begin()) * x.width + at]);
  }
};

}  // namespace gradus
