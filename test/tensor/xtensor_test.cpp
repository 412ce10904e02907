// SPDX-License-Identifier: MIT
#include <gradus/tensor/xtensor.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/tensor_laws.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#if __has_include(<xtensor/views/xindex_view.hpp>)  // xtensor 0.26 and later
#include <xtensor/views/xindex_view.hpp>
#else
#include <xtensor/xindex_view.hpp>
#endif

#include <algorithm>
#include <array>
#include <complex>
#include <type_traits>
#include <vector>

using namespace gradus;
using namespace xt::placeholders;
using support::same_bits;

using Array = xt::xarray<double>;
using Columns = xt::xtensor<double, 2, xt::layout_type::column_major>;
using ConstRow = decltype(xt::view(std::declval<const Array&>(), 0));
using TableRow = decltype(xt::view(std::declval<Array&>(), 0));

static_assert(WritableTensor<Array> && WritableTensor<Columns>);
static_assert(WritableTensor<xt::xtensor_fixed<float, xt::xshape<2>>>);
static_assert(WritableTensor<TableRow> && !read_only<const TableRow>(), "a const view writes through");
static_assert(read_only<const Array>() && read_only<ConstRow>());
static_assert(LazyTensor<decltype(2.0 * std::declval<Array&>())> && !LazyTensor<TableRow>);
static_assert(std::is_same_v<element_t<decltype(2.0 * std::declval<xt::xarray<float>&>())>, double>);

namespace {

constexpr std::size_t rows = 41, columns = 33;  // together more than a block of a walk

const Optimizer stepper{Clip{.value = 0.75}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{.rate = 0.1}};
const Optimizer<> plain;  // its update is the gradient

template <class X, class G, class... Backend>
State climb(X&& theta, const G& gradient, const Backend&... backend) {
  auto state = stepper.init(theta);
  for (int step = 0; step < 4; ++step) stepper.ascend(theta, gradient, state, backend...);
  return state;
}

template <class X, class G>
void add(X&& theta, const G& gradient) {
  auto state = plain.init(theta);
  plain.ascend(theta, gradient, state);
}

template <class X>
auto flat(const X& x) {
  return std::vector<element_t<X>>(x.template begin<xt::layout_type::row_major>(),
                                   x.template end<xt::layout_type::row_major>());
}

/// Parameters and gradient, and the result of climbing with them in one contiguous `std::vector`.
template <class T>
struct Contiguous {
  std::vector<T> start = support::parameters<T>(rows * columns), end = start;
  std::vector<T> slope = support::gradient<T>(rows * columns);
  xt::xarray<T> theta = xt::adapt(start, {rows, columns}), gradient = xt::adapt(slope, {rows, columns});

  Contiguous() { climb(end, slope); }

  /// Checks that `x`, whatever it refers to, climbs to the same bits, both directly and when walked.
  template <class X>
  void check(X&& x) const {
    for (const bool walk : {false, true}) {
      std::copy(start.begin(), start.end(), x.template begin<xt::layout_type::row_major>());
      if (walk) climb(x, gradient, backend::Xtensor{});
      else climb(x, gradient);
      CHECK(same_bits(flat(x), end));
    }
  }
};

}  // namespace

TEST_SUITE_BEGIN("xtensor");

TEST_CASE_TEMPLATE("containers, adaptors and views obey the laws", T, float, double, long double,
                   std::complex<double>) {
  using Matrix = xt::xtensor<T, 2>;
  const auto at = [](auto& x, auto... i) -> auto& { return x(i...); };
  const support::TensorLaws<T, 2> laws({rows, columns});
  laws.hold(Matrix({rows, columns}), at);
  laws.hold(xt::xtensor<T, 2, xt::layout_type::column_major>({rows, columns}), at);
  laws.hold(xt::xarray<T>(std::vector<std::size_t>{rows, columns}), at);
  support::TensorLaws<T, 2>({3, 4}).hold(xt::xtensor_fixed<T, xt::xshape<3, 4>>(), at);
  support::TensorLaws<T, 2>({0, 4}).hold(Matrix({0, 4}), at);
  support::TensorLaws<T, 1>({1}).hold(xt::xtensor<T, 1>({1}), at);

  std::vector<T> memory(rows * columns);
  laws.hold(xt::adapt(memory.data(), memory.size(), xt::no_ownership(), std::array<std::size_t, 2>{rows, columns}), at);
  Matrix wide({2 * rows, 3 * columns});
  laws.hold(xt::view(wide, xt::range(3, 3 + rows), xt::range(2, 2 + columns)), at);
  laws.hold(xt::view(wide, xt::range(_, _, 2), xt::range(1, 1 + columns)), at);
  laws.hold(xt::transpose(xt::view(wide, xt::range(0, columns), xt::range(0, rows))), at);
}

TEST_CASE_TEMPLATE("containers and adaptors have the bits of a vector", T, float, double) {
  const Contiguous<T> in;
  auto memory = in.start;
  in.check(xt::xarray<T>(in.theta));
  in.check(xt::xtensor<T, 2>(in.theta));
  in.check(xt::xtensor_fixed<T, xt::xshape<rows, columns>>());
  in.check(xt::xtensor<T, 2, xt::layout_type::column_major>(in.theta));
  in.check(xt::adapt(memory, std::array{rows, columns}));
  CHECK(same_bits(memory, in.end));
  in.check(xt::adapt(memory.data(), memory.size(), xt::no_ownership(), std::array{rows, columns}));
  CHECK(same_bits(memory, in.end));
}

TEST_CASE_TEMPLATE("views have the bits of a vector", T, float, double) {
  const Contiguous<T> in;
  xt::xarray<T> cube = xt::zeros<T>({std::size_t{3}, rows, columns});
  in.check(xt::view(cube, 1));
  CHECK(xt::view(cube, 0) == xt::zeros<T>({rows, columns}));
  CHECK(xt::view(cube, 2) == xt::zeros<T>({rows, columns}));
  xt::xarray<T> wide = xt::zeros<T>({rows + 2, 3 * columns});
  in.check(xt::view(wide, xt::range(1, rows + 1), xt::range(2, 3 * columns, 3)));
  in.check(xt::strided_view(wide, {xt::range(0, rows), xt::range(columns, 2 * columns)}));
  xt::xarray<T> square = xt::zeros<T>({rows, columns});
  in.check(xt::view(square, xt::range(_, _, -1), xt::range(_, _, -1)));
  CHECK(square(0, 0) == in.end.back());
  CHECK(square(rows - 1, columns - 1) == in.end.front());
}

TEST_CASE("a temporary view can be a parameter, and the rest of its array is untouched") {
  Array a{{1, 2, 3}, {4, 5, 6}};
  const Array row_gradient{10, 20, 30}, column_gradient{100, 200};
  add(xt::view(a, 0), row_gradient);
  CHECK(a == Array{{11, 22, 33}, {4, 5, 6}});
  add(xt::view(a, xt::all(), 1), column_gradient);
  CHECK(a == Array{{11, 122, 33}, {4, 205, 6}});
  add(xt::view(a, 1, xt::range(_, _, -1)), row_gradient);
  CHECK(a == Array{{11, 122, 33}, {34, 225, 16}});
  const auto kept = xt::view(a, 0);
  add(kept, row_gradient);
  CHECK(a == Array{{21, 142, 63}, {34, 225, 16}});
}

TEST_CASE("a state made with one view serves the next view of the same elements") {
  Array a{{1, 2}, {3, 4}};
  const Optimizer averaging{Momentum{.factor = 0.5}};
  auto state = averaging.init(xt::view(a, 0));
  averaging.ascend(xt::view(a, 0), Array{1, 1}, state);
  averaging.ascend(xt::view(a, 0), Array{1, 1}, state);
  CHECK(a == Array{{3.5, 4.5}, {3, 4}});
  CHECK(state.step() == 2);
}

TEST_CASE("column-major parameters keep their slots in that order, visible in the parameter's shape") {
  Columns theta{{0, 0, 0}, {0, 0, 0}};
  const Array gradient{{1, 2, 3}, {4, 5, 6}};
  const Optimizer heavy{Momentum{}};
  auto state = heavy.init(theta);
  CHECK(state.order() == Order::column_major);
  heavy.ascend(theta, gradient, state);
  CHECK(theta == gradient);
  CHECK(flat(xt::adapt(theta.data(), std::array{theta.size()})) == std::vector<double>{1, 4, 2, 5, 3, 6});
  const auto velocity = state.slot<double>("velocity");
  CHECK(std::vector<double>(velocity.begin(), velocity.end()) == std::vector<double>{1, 4, 2, 5, 3, 6});
  CHECK(slot_as_xtensor<double>(state, "velocity") == gradient);
}

TEST_CASE("row-major slots as xtensors, by the leaf's name") {
  std::vector<Array> theta{Array{{0, 0}, {0, 0}}, Array{0}};
  const std::vector<Array> gradient{Array{{1, 2}, {3, 4}}, Array{5}};
  const Optimizer heavy{Momentum{}};
  auto state = heavy.init(theta);
  heavy.ascend(theta, gradient, state);
  const auto first = slot_as_xtensor<double>(state, "velocity", "[0]");
  CHECK(first == gradient[0]);
  CHECK(first.dimension() == 2);
  CHECK(first.data() == state.slot<double>("velocity", "[0]").data());
  CHECK(slot_as_xtensor<double>(state, "velocity", "[1]") == gradient[1]);
}

TEST_CASE("an adaptor owns nothing, so it can be stepped as a temporary") {
  std::vector<double> memory{1, 2};
  static_assert(!owns<decltype(xt::adapt(memory, {2}))>() && owns<Array>());
  const Optimizer half{LearningRate{0.5}};
  auto state = half.init(memory);
  const std::array<std::size_t, 1> shape{2};
  half.ascend(xt::adapt(memory, shape), std::vector<double>{2, 4}, state);
  half.ascend(xt::adapt(memory.data(), memory.size(), xt::no_ownership(), shape), std::vector<double>{2, 4}, state);
  CHECK(memory == std::vector<double>{3, 6});
}

TEST_CASE("computed and broadcast gradients") {
  Array theta{{1, -2, 3}, {-4, 5, -6}};
  SUBCASE("broadcast") {
    const Array row{10, 20, 30};
    add(theta, xt::broadcast(row, theta.shape()));
    CHECK(theta == Array{{11, 18, 33}, {6, 25, 24}});
  }
  SUBCASE("a broadcast operand") {
    const Array row{10, 20, 30};
    add(theta, row + 0.0 * theta);
    CHECK(theta == Array{{11, 18, 33}, {6, 25, 24}});
  }
  SUBCASE("where()") {
    add(theta, xt::where(theta > 0.0, 1.0, -1.0));
    CHECK(theta == Array{{2, -3, 4}, {-5, 6, -7}});
  }
  SUBCASE("elements selected by a mask, as parameters and as a gradient") {
    const Array g{{1, 2, 3}, {4, 5, 6}};
    add(xt::filter(theta, theta > 0.0), xt::filter(g, theta > 0.0));
    CHECK(theta == Array{{2, -2, 6}, {-4, 10, -6}});
  }
  SUBCASE("the same number everywhere") {
    add(theta, xt::ones<double>({2, 3}));
    CHECK(theta == Array{{2, -1, 4}, {-3, 6, -5}});
  }
  SUBCASE("operands of both layouts") {
    const Columns other{{1, 2, 3}, {4, 5, 6}};
    add(theta, other * 2.0 + theta);
    CHECK(theta == Array{{4, 0, 12}, {0, 20, 0}});
  }
  SUBCASE("for column-major parameters") {
    Columns standing = theta;
    add(standing, 2.0 * theta);
    CHECK(standing == Array{{3, -6, 9}, {-12, 15, -18}});
  }
  SUBCASE("of a view") {
    add(xt::view(theta, 1), -2.0 * xt::view(theta, 1));
    CHECK(theta == Array{{1, -2, 3}, {4, -5, 6}});
  }
}

TEST_CASE("an expression of another floating type is converted, element by element") {
  const xt::xarray<float> x{0.1f, 0.7f, -3.3f};
  xt::xarray<float> single = xt::zeros<float>({3});
  Array wide = xt::zeros<double>({3});
  add(single, 0.1 * x);
  add(wide, -2.0f * x);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(single(i) == static_cast<float>(0.1 * static_cast<double>(x(i))));
    CHECK(wide(i) == static_cast<double>(-2.0f * x(i)));
  }
}

TEST_CASE("an expression of integers is converted") {
  const Array x{0.5, -0.25, 4};
  Array sign = xt::zeros<double>({3});
  add(sign, xt::where(x > 0.0, 1, -1));
  CHECK(sign == Array{1, -1, 1});
}

TEST_CASE("strided views that interleave are accepted, those that share elements are refused") {
  Array table = xt::zeros<double>({50, 3});
  const Array column = xt::ones<double>({50}), row = xt::ones<double>({3});
  const gradus::Optimizer optimizer{gradus::LearningRate{1}};
  auto sides = std::tuple(xt::view(table, xt::all(), 0), xt::view(table, xt::all(), 1));
  auto state = optimizer.init(sides);
  optimizer.ascend(sides, std::tuple(column, column), state);
  CHECK(table == xt::concatenate(xt::xtuple(xt::ones<double>({50, 2}), xt::zeros<double>({50, 1})), 1));
  const Array before = table;
  auto crossing = std::tuple(xt::view(table, xt::all(), 2), xt::view(table, 7, xt::all()));
  auto crossed = optimizer.init(crossing);
  CHECK_THROWS_WITH_AS(optimizer.ascend(crossing, std::tuple(column, row), crossed), doctest::Contains("share memory"),
                       gradus::Refused);
  auto last = xt::view(table, xt::all(), 2);
  auto own = optimizer.init(last);
  const auto inside = xt::adapt(table.data() + 3, 50, xt::no_ownership(), std::vector<std::size_t>{50});
  CHECK_THROWS_WITH_AS(optimizer.ascend(last, inside, own), doctest::Contains("overlaps the memory"), gradus::Refused);
  CHECK(table == before);
}

TEST_CASE("an expression that reads other elements gives the result of evaluating it first") {
  constexpr std::size_t size = 5000;  // more than one block
  const auto start = support::parameters<double>(size);
  Array theta = xt::adapt(start, std::array{size}), before = theta;
  SUBCASE("reversed") {
    add(theta, 0.5 * xt::view(theta, xt::range(_, _, -1)));
    CHECK(theta == before + 0.5 * xt::view(before, xt::range(_, _, -1)));
  }
  SUBCASE("reversed and stored, not calculated") {
    add(theta, xt::view(theta, xt::range(_, _, -1)));
    CHECK(theta == before + xt::view(before, xt::range(_, _, -1)));
  }
  SUBCASE("into a reversed view") {
    add(xt::view(theta, xt::range(_, _, -1)), 0.5 * theta);
    CHECK(theta == before + 0.5 * xt::view(before, xt::range(_, _, -1)));
  }
  SUBCASE("neighbouring elements") {
    add(xt::view(theta, xt::range(1, size)), 1.0 * xt::view(theta, xt::range(0, size - 1)));
    CHECK(xt::view(theta, xt::range(1, size)) ==
          xt::view(before, xt::range(1, size)) + xt::view(before, xt::range(0, size - 1)));
  }
  SUBCASE("the neighbour through adaptors, which are contiguous and overlap") {
    double* const memory = theta.data();
    const auto at = [&](std::size_t first) {
      return xt::adapt(memory + first, size - 1, xt::no_ownership(), std::array{size - 1});
    };
    auto right = at(1), left = at(0);
    add(right, 1.0 * left);
    CHECK(xt::view(theta, xt::range(1, size)) ==
          xt::view(before, xt::range(1, size)) + xt::view(before, xt::range(0, size - 1)));
  }
  SUBCASE("the transpose") {
    theta.reshape({50, 100}), before.reshape({50, 100});
    auto square = xt::view(theta, xt::all(), xt::range(0, 50));
    add(square, 1.0 * xt::transpose(square));
    const Array old = xt::view(before, xt::all(), xt::range(0, 50));
    CHECK(square == old + xt::transpose(old));
  }
}

TEST_CASE("a strided view listed twice is refused; two that interleave are not") {
  Array table{{1, 2}, {3, 4}};
  auto first = xt::view(table, xt::all(), 0), again = xt::view(table, xt::all(), 0),
       second = xt::view(table, xt::all(), 1);
  const auto step = [](auto& one, auto& other) {
    auto theta = std::tie(one, other);
    auto state = plain.init(theta);
    plain.ascend(theta, std::tuple{xt::ones_like(one), xt::ones_like(other)}, state);
  };
  CHECK_THROWS_WITH_AS(step(first, again), doctest::Contains("[0] and [1] share memory"), Refused);
  CHECK_THROWS_WITH_AS(step(table, again), doctest::Contains("[0] and [1] share memory"), Refused);
  CHECK(table == Array{{1, 2}, {3, 4}});
  step(first, second);
  CHECK(table == Array{{2, 3}, {4, 5}});
}

TEST_CASE("empty arrays, one element, and zero dimensions") {
  Array none = xt::zeros<double>({0}), no_rows = xt::zeros<double>({0, 3});
  Array one = 2.0 * xt::ones<double>({1, 1}), lone(2.0);
  CHECK(climb(none, none * 2.0).step() == 4);
  CHECK(climb(no_rows, no_rows).step() == 4);
  CHECK(climb(xt::view(no_rows, xt::all(), xt::range(0, 3, 2)), xt::zeros<double>({0, 2})).step() == 4);
  std::vector<double> expected{2.0};
  climb(expected, std::vector<double>{0.25});
  climb(one, 0.25 * xt::ones<double>({1, 1}));
  climb(lone, Array(0.25));
  CHECK(one(0, 0) == expected[0]);
  CHECK(lone() == expected[0]);
}

TEST_CASE("differing shapes are refused with both, even if the sizes are equal") {
  Array theta{{1, 2, 3}, {4, 5, 6}};
  const Array kept = theta;
  auto state = plain.init(theta);
  CHECK_THROWS_WITH_AS(plain.ascend(theta, xt::transpose(theta), state),
                       doctest::Contains("parameter has shape (2, 3), its gradient (3, 2)"), Refused);
  CHECK_THROWS_WITH_AS(plain.ascend(theta, Array{1, 2, 3}, state), doctest::Contains("its gradient (3)"), Refused);
  CHECK(theta == kept);
  CHECK(state.step() == 0);
}

TEST_CASE("a scalar of an expression that is an element of the parameters is read before the step") {
  xt::xtensor<double, 1> theta = xt::ones<double>({3000});
  const Optimizer climb{LearningRate{1}};
  auto state = climb.init(theta);
  climb.ascend(theta, theta(0) * theta, state);
  CHECK(theta(0) == 2);
  CHECK(theta(2999) == 2);
  const double three = 3;  // one that lies elsewhere
  climb.ascend(theta, three * theta, state);
  CHECK(theta(0) == 8);
  CHECK(theta(2999) == 8);
}

TEST_SUITE_END();
