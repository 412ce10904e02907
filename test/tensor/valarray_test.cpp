// SPDX-License-Identifier: MIT
#include <gradus/tensor/valarray.hpp>

#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace gradus;
using support::TensorLaws;

using Doubles = std::valarray<double>;

static_assert(WritableTensor<Doubles> && !LazyTensor<Doubles> && read_only<const Doubles>());
static_assert(LazyTensor<decltype(2.0 * std::declval<Doubles&>())>);
static_assert(LazyTensor<decltype(std::sin(std::declval<Doubles&>()))>);
static_assert(!Tensor<std::slice_array<double>>);  // it can be assigned to, but not read

TEST_SUITE_BEGIN("valarray");

TEST_CASE_TEMPLATE("valarray obeys the laws", T, float, double, long double, std::complex<double>) {
  const auto element = [](auto& x, std::size_t i) -> auto& { return x[i]; };
  TensorLaws<T, 1>({2053}).hold(std::valarray<T>(2053), element);
  TensorLaws<T, 1>({1}).hold(std::valarray<T>(1), element);
  TensorLaws<T, 1>({0}).hold(std::valarray<T>(), element);
}

TEST_CASE("an expression can be the gradient, even one that reads the parameters") {
  Doubles x{1, 2, 3};
  const Optimizer optimizer{Momentum{0.5}, LearningRate{0.5}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, 2.0 * x + 1.0, state);
  CHECK((x == Doubles{2.5, 4.5, 6.5}).min());
  optimizer.ascend(x, x.cshift(1) - x, state);  // every element depends on another one
  CHECK((x == Doubles{2.5 + 0.5 * (1.5 + 2), 4.5 + 0.5 * (2.5 + 2), 6.5 + 0.5 * (3.5 - 4)}).min());
}

TEST_SUITE_END();
