// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/gradus.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace compositions {

/// Tensors that hold the same numbers in different forms.
enum class Form { vector, xarray, xtensor, fixed, adaptor, view, stepped, strided, column_major };

inline constexpr int form_count = 9;
inline constexpr std::size_t rows = 6, columns = 11, elements = rows * columns;

/// Puts `values` into a tensor of the given form, calls `use(tensor)`, and copies them back. They are counted in the
/// tensor's own order.
template <Form F, class T, class Use>
void with_form(std::vector<T>& values, Use use) {
  const auto shaped = xt::adapt(values, {rows, columns});
  const auto take_out = [&](const auto& x) {
    std::vector<T> out(x.template begin<xt::layout_type::row_major>(), x.template end<xt::layout_type::row_major>());
    values = out;
  };
  const auto used = [&](auto& x) { use(x), take_out(x); };
  const auto filled = [&](auto x) {
    std::ranges::copy(values, x.template begin<xt::layout_type::row_major>());
    used(x);
  };
  if constexpr (F == Form::vector) {
    use(values);
  } else if constexpr (F == Form::xarray) {
    xt::xarray<T> x = shaped;
    used(x);
  } else if constexpr (F == Form::xtensor) {
    xt::xtensor<T, 2> x = shaped;
    used(x);
  } else if constexpr (F == Form::fixed) {
    xt::xtensor_fixed<T, xt::xshape<rows, columns>> x = shaped;
    used(x);
  } else if constexpr (F == Form::adaptor) {
    auto x = xt::adapt(values, std::vector<std::size_t>{rows, columns});
    use(x);
  } else if constexpr (F == Form::view) {
    xt::xarray<T> whole = xt::zeros<T>({std::size_t{3}, rows, columns});
    filled(xt::view(whole, 1, xt::all(), xt::all()));
  } else if constexpr (F == Form::stepped) {
    xt::xarray<T> whole = xt::zeros<T>({rows, 2 * columns});
    filled(xt::view(whole, xt::all(), xt::range(1, 2 * columns, 2)));
  } else if constexpr (F == Form::strided) {
    xt::xarray<T> whole = xt::zeros<T>({rows, 2 * columns});
    filled(xt::strided_view(whole, {xt::all(), xt::range(0, 2 * columns, 2)}));
  } else {
    xt::xarray<T, xt::layout_type::column_major> x = xt::zeros<T>({rows, columns});
    std::ranges::copy(values, x.storage().begin());
    use(x);
    std::ranges::copy(x.storage(), values.begin());
  }
}

}  // namespace compositions
