// SPDX-License-Identifier: MIT
#include <gradus/tensor/std.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <complex>
#include <memory_resource>
#include <span>
#include <type_traits>
#include <vector>

using namespace gradus;
using support::same_bits;

static_assert(WritableTensor<float> && WritableTensor<double> && WritableTensor<std::vector<float>>);
static_assert(WritableTensor<std::array<double, 3>> && WritableTensor<std::span<double>>);
static_assert(std::is_same_v<element_t<std::span<const float>>, float>);

// A const container is read-only; a const span can be written through, a span of const cannot.
static_assert(read_only<const std::vector<double>>() && !read_only<std::vector<double>>());
static_assert(!read_only<const std::span<double>>() && !read_only<const std::span<double, 2>>());
static_assert(read_only<std::span<const double>>() && read_only<std::span<const double, 2>>());

// Integers count as numbers, so that they can be refused as such; containers of other elements are sets.
static_assert(Tensor<int> && Tensor<std::vector<int>> && !Tensor<std::vector<std::vector<double>>>);

namespace {

const Optimizer stepping{Clip{.value = 0.75}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{.rate = 0.1}};

template <class X, class G>
State climb(X&& theta, const G& gradient) {
  auto state = stepping.init(theta);
  for (int step = 0; step < 4; ++step) stepping.ascend(theta, gradient, state);
  return state;
}

}  // namespace

TEST_SUITE_BEGIN("standard tensors");

TEST_CASE_TEMPLATE("numbers, vectors, arrays and spans obey the laws", T, float, double, long double,
                   std::complex<double>) {
  const auto at = [](auto& x, std::size_t i) -> auto& { return x[i]; };
  support::TensorLaws<T, 0>({}).hold(T(), [](auto& x) -> auto& { return x; });
  support::TensorLaws<T, 1>({7}).hold(std::array<T, 7>(), at);
  for (const std::size_t size : {0, 1, 2053}) {
    std::vector<T> memory(size);
    support::TensorLaws<T, 1>({size}).hold(std::vector<T>(size), at);
    support::TensorLaws<T, 1>({size}).hold(std::span(memory), at);
  }
}

TEST_CASE_TEMPLATE("a lone number has no dimensions and steps like the only element of a vector", T, float, double) {
  T lone = T(0.3);
  std::vector<T> vector{lone};
  const T gradient = T(-0.7);
  const auto state = climb(lone, gradient);
  const auto of_vector = climb(vector, std::vector<T>{gradient});
  CHECK(lone == vector[0]);
  CHECK(lone < T(0.3));
  CHECK(state.shape().empty());
  CHECK(same_bits(state.template slot<T>("velocity"), of_vector.template slot<T>("velocity")));
}

TEST_CASE_TEMPLATE("array, vector and span have the same bits, in the parameters and in the state", T, float, double) {
  constexpr std::size_t size = 37;
  auto vector = support::parameters<T>(size), seen = vector, fixed = vector;
  const auto gradient = support::gradient<T>(size);
  std::array<T, size> array, array_gradient;
  std::copy_n(vector.begin(), size, array.begin());
  std::copy_n(gradient.begin(), size, array_gradient.begin());
  std::pmr::vector<T> elsewhere(vector.begin(), vector.end());

  const auto state = climb(vector, gradient);
  CHECK(climb(array, array_gradient) == state);
  CHECK(climb(std::span(seen), std::span(gradient)) == state);
  CHECK(climb(std::span<T, size>(fixed), array_gradient) == state);
  CHECK(climb(elsewhere, gradient) == state);
  CHECK(same_bits(array, vector));
  CHECK(same_bits(seen, vector));
  CHECK(same_bits(fixed, vector));
  CHECK(same_bits(elsewhere, vector));
}

TEST_CASE("a const span can be written through, and neighbouring elements are untouched") {
  std::vector<double> memory{1, 2, 3, 4};
  const std::span<double> middle(memory.data() + 1, 2);
  const Optimizer<> plain;
  auto state = plain.init(middle);
  plain.ascend(middle, std::array<double, 2>{10, 20}, state);
  CHECK(memory == std::vector<double>{1, 12, 23, 4});
}

TEST_CASE("a state belongs to names and shapes, not to the tensor's class") {
  std::vector<double> vector{1, 2};
  std::array<double, 2> array{1, 2};
  auto state = stepping.init(vector);
  stepping.ascend(vector, array, state);
  stepping.ascend(std::span(vector), array, state);
  stepping.ascend(array, vector, state);
  CHECK(state.step() == 3);
}

TEST_CASE("an empty tensor can be stepped") {
  std::vector<double> none;
  std::array<float, 0> never;
  CHECK(climb(none, none).step() == 4);
  CHECK(climb(never, std::span<const float>()).step() == 4);
  CHECK(none.empty());
}

TEST_SUITE_END();
