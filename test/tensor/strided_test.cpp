// SPDX-License-Identifier: MIT
#include <gradus/tensor/strided.hpp>

#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <numeric>
#include <vector>

using namespace gradus;

namespace {

template <std::size_t Rank>
std::vector<int> visited(const Strided<int, Rank>& x, Order order, std::size_t first, std::size_t count) {
  std::vector<int> all(count, -1);
  x.visit(order, first, count, [&](std::size_t i, int element) { all[i] = element; });
  return all;
}

}  // namespace

namespace {

// Two rows of two numbers.
struct Matrix {
  double* data;
  std::ptrdiff_t row, column;
};

}  // namespace

template <>
struct gradus::tensor_traits<Matrix> : gradus::strided_traits<gradus::tensor_traits<Matrix>, Matrix, double> {
  static constexpr bool view = true;
  static Strided<double, 2> strided(const Matrix& x) { return {x.data, {2, 2}, {x.row, x.column}}; }
};

TEST_SUITE_BEGIN("strided");

TEST_CASE("elements are visited in either order, from any on") {
  std::vector<int> memory(24);
  std::iota(memory.begin(), memory.end(), 0);
  const Strided<int, 2> rows{memory.data(), {2, 3}, {3, 1}}, part{memory.data() + 1, {2, 2}, {12, 4}};
  CHECK(visited(rows, Order::row_major, 0, 6) == std::vector{0, 1, 2, 3, 4, 5});
  CHECK(visited(rows, Order::column_major, 0, 6) == std::vector{0, 3, 1, 4, 2, 5});
  CHECK(visited(rows, Order::column_major, 3, 2) == std::vector{4, 2});
  CHECK(visited(part, Order::row_major, 0, 4) == std::vector{1, 5, 13, 17});
  CHECK(visited(part, Order::column_major, 1, 3) == std::vector{13, 5, 17});
  const Strided<int, 1> back{memory.data() + 5, {6}, {-1}};
  CHECK(visited(back, Order::row_major, 2, 4) == std::vector{3, 2, 1, 0});
  const Strided<int, 3> cube{memory.data(), {2, 3, 4}, {12, 4, 1}};
  CHECK(visited(cube, Order::row_major, 5, 3) == std::vector{5, 6, 7});
  CHECK(visited(cube, Order::column_major, 5, 3) == std::vector{20, 1, 13});
  CHECK(visited(Strided<int, 2>{memory.data(), {0, 3}, {3, 1}}, Order::row_major, 0, 0).empty());
}

TEST_CASE("a strided block is contiguous in an order; axes of extent 1 may have any stride") {
  int x[24]{};
  const auto lies = [&](const auto& shape, const auto& stride) {
    const Strided<int, 2> all{x, shape, stride};
    return std::pair(all.lies_in(Order::row_major), all.lies_in(Order::column_major));
  };
  using Shape = std::array<std::size_t, 2>;
  using Stride = std::array<std::ptrdiff_t, 2>;
  CHECK(lies(Shape{3, 4}, Stride{4, 1}) == std::pair(true, false));
  CHECK(lies(Shape{3, 4}, Stride{1, 3}) == std::pair(false, true));
  CHECK(lies(Shape{3, 4}, Stride{8, 2}) == std::pair(false, false));
  CHECK(lies(Shape{1, 4}, Stride{99, 1}) == std::pair(true, true));
  CHECK(lies(Shape{1, 1}, Stride{7, -5}) == std::pair(true, true));
}

TEST_CASE_TEMPLATE("a user's tensor that is presented as Strided obeys the laws", T, float, double, long double,
                   std::complex<double>) {
  const support::TensorLaws<T, 3> laws({7, 11, 17});
  laws.hold(
      support::Shaped<T, 3>{{7, 11, 17}, std::vector<T>(7 * 11 * 17)},
      [](auto& x, std::size_t i, std::size_t j, std::size_t k) -> auto& { return x.values[(i * 11 + j) * 17 + k]; });
}

TEST_CASE("a view with other strides between the same ends is looked at anew") {
  const Optimizer climb{LearningRate{1}};
  std::vector<double> memory(16), ones(4, 1);
  const Matrix apart{memory.data(), 1, 3}, twice{memory.data(), 2, 2};  // both end at [4]; the second has [2] twice
  auto state = climb.init(apart);
  climb.ascend(apart, Matrix{ones.data(), 2, 1}, state);
  CHECK_THROWS_WITH_AS(climb.ascend(twice, Matrix{ones.data(), 2, 1}, state), doctest::Contains("memory"), Refused);

  const Matrix wide{memory.data(), 1, 10}, even{memory.data(), 4, 7}, between{memory.data() + 4, 2, 1};  // end at [11]
  auto other = climb.init(wide);
  climb.ascend(wide, between, other);
  CHECK_THROWS_WITH_AS(climb.ascend(even, between, other), doctest::Contains("overlaps the memory"), Refused);
}

TEST_SUITE_END();
