// SPDX-License-Identifier: MIT
#include <gradus/tensor/multi_array.hpp>

#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <boost/array.hpp>

#include <array>
#include <complex>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

using namespace gradus;
using support::TensorLaws;

namespace {

using Matrix = boost::multi_array<double, 2>;
using Some = Matrix::index_range;

static_assert(WritableTensor<Matrix> && read_only<const Matrix>() && owns<Matrix>());
static_assert(!owns<boost::multi_array_ref<double, 2>>() && !read_only<boost::multi_array_ref<double, 2>>());
static_assert(read_only<boost::const_multi_array_ref<double, 2>>());
static_assert(!owns<Matrix::array_view<2>::type>() && read_only<Matrix::const_array_view<2>::type>());

const auto by_index = [](auto& x, auto... at) -> auto& { return x(boost::array<std::size_t, sizeof...(at)>{{at...}}); };

}  // namespace

TEST_SUITE_BEGIN("multi_array");

TEST_CASE_TEMPLATE("arrays, references and views obey the laws", T, float, double, long double, std::complex<double>) {
  using boost::extents;
  const TensorLaws<T, 2> laws({41, 33});
  laws.hold(boost::multi_array<T, 2>(extents[41][33]), by_index);
  laws.hold(boost::multi_array<T, 2>(extents[41][33], boost::fortran_storage_order()), by_index);
  std::vector<T> memory(41 * 33);
  laws.hold(boost::multi_array_ref<T, 2>(memory.data(), extents[41][33]), by_index);
  boost::multi_array<T, 3> all(extents[41][4][70]);
  using Of = boost::multi_array_types::index_range;
  laws.hold(all[boost::indices[Of()][2][Of(1, 67, 2)]], by_index);
  laws.hold(all[boost::indices[Of()][1][Of(0, 33)]], by_index);
  TensorLaws<T, 3>({3, 5, 7}).hold(boost::multi_array<T, 3>(extents[3][5][7]), by_index);
  TensorLaws<T, 1>({0}).hold(boost::multi_array<T, 1>(extents[0]), by_index);
  TensorLaws<T, 1>({1}).hold(boost::multi_array<T, 1>(extents[1]), by_index);
}

TEST_CASE("a part made by indexing is stepped in place, and the rest of the memory is untouched") {
  Matrix x(boost::extents[3][2]), gradient(boost::extents[3][2]);
  std::fill_n(gradient.data(), 6, 1.0);
  const Optimizer<> plain;
  auto row = plain.init(x[1]);
  plain.ascend(x[1], gradient[1], row);
  CHECK(std::vector<double>(x.data(), x.data() + 6) == std::vector<double>{0, 0, 1, 1, 0, 0});
  auto column = plain.init(x[boost::indices[Some()][1]]);
  plain.ascend(x[boost::indices[Some()][1]], gradient[boost::indices[Some()][0]], column);
  CHECK(std::vector<double>(x.data(), x.data() + 6) == std::vector<double>{0, 1, 1, 2, 0, 1});
}

TEST_CASE("elements are in order, whatever the index bases and storage order") {
  const auto number = [](auto& x) {
    for (std::size_t i = 0; i < 6; ++i) x.data()[i] = static_cast<double>(i);
  };
  const auto step = [](auto& x) {
    const Optimizer<> plain;
    auto state = plain.init(x);
    plain.ascend(x, std::vector<double>{10, 20, 30, 40, 50, 60}, state);
    return std::vector<double>(x.data(), x.data() + 6);
  };
  using Line = boost::multi_array<double, 1>;
  Line based(boost::extents[Line::extent_range(-3, 3)]);
  number(based);
  CHECK(step(based) == std::vector<double>{10, 21, 32, 43, 54, 65});

  const std::array<std::size_t, 1> order{0};
  const std::array<bool, 1> ascending{false};
  Line backwards(boost::extents[6], boost::general_storage_order<1>(order.begin(), ascending.begin()));
  number(backwards);
  CHECK(step(backwards) == std::vector<double>{60, 51, 42, 33, 24, 15});
}

TEST_SUITE_END();
