// SPDX-License-Identifier: MIT
#include <gradus/tensor/eigen.hpp>

#include "support/random.hpp"
#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>
#include <gradus/tensor/xtensor.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <complex>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using namespace gradus;
using support::TensorLaws;

using Matrix = Eigen::MatrixXd;
using Doubles = Eigen::VectorXd;
template <class T>
using Rows = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Column = decltype(std::declval<Matrix&>().col(0));

static_assert(WritableTensor<Matrix> && WritableTensor<Eigen::ArrayXXf> && WritableTensor<Eigen::Matrix<double, 1, 1>>);
static_assert(WritableTensor<Eigen::Map<Doubles>> && WritableTensor<Eigen::Ref<Matrix>> && WritableTensor<Column>);
static_assert(read_only<const Matrix>() && read_only<Eigen::Ref<const Matrix>>() && !read_only<Eigen::Ref<Matrix>>());
static_assert(read_only<decltype(std::declval<const Matrix&>().row(0))>() && !read_only<Column>());
static_assert(read_only<Eigen::Map<const Doubles>>());
static_assert(owns<Matrix>() && owns<Eigen::Array3f>() && !owns<Eigen::Map<Doubles>>() && !owns<Column>());
static_assert(LazyTensor<decltype(2.0 * std::declval<Doubles&>())> && !LazyTensor<Column>);
static_assert(LazyTensor<decltype(std::declval<Matrix&>() * std::declval<Doubles&>())>);

namespace {

constexpr Eigen::Index rows = 41, columns = 33;  // together more than a block of a walk

const auto element = [](auto& x, auto... at) -> auto& { return x(static_cast<Eigen::Index>(at)...); };

const Optimizer<> plain;  // its update is the gradient

template <class X, class G>
void add(X&& theta, const G& gradient) {
  auto state = plain.init(theta);
  plain.ascend(theta, gradient, state);
}

}  // namespace

TEST_SUITE_BEGIN("Eigen");

TEST_CASE_TEMPLATE("matrices, maps, references and blocks obey the laws", T, float, double, long double,
                   std::complex<double>) {
  using Columns = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  const TensorLaws<T, 2> laws({rows, columns});
  laws.hold(Columns(rows, columns), element);
  laws.hold(Rows<T>(rows, columns), element);
  laws.hold(Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic>(rows, columns), element);
  Columns wide = Columns::Zero(2 * rows, 3 * columns);
  laws.hold(wide.block(3, 2, rows, columns), element);
  laws.hold(Eigen::Ref<Columns, 0, Eigen::OuterStride<>>(wide.leftCols(columns).topRows(rows)), element);
  laws.hold(Eigen::Map<Columns, 0, Eigen::Stride<Eigen::Dynamic, 2>>(wide.data(), rows, columns,
                                                                     Eigen::Stride<Eigen::Dynamic, 2>(2 * rows, 2)),
            element);
  laws.hold(wide.transpose().block(0, 0, rows, columns), element);
  TensorLaws<T, 2>({3, 4}).hold(Eigen::Matrix<T, 3, 4>(), element);
  TensorLaws<T, 2>({0, 4}).hold(Columns(0, 4), element);
}

TEST_CASE_TEMPLATE("vectors are one-dimensional", T, float, double, long double, std::complex<double>) {
  using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;
  const TensorLaws<T, 1> laws({rows});
  laws.hold(Vector(rows), element);
  laws.hold(Eigen::Matrix<T, 1, Eigen::Dynamic>(rows), element);
  laws.hold(Eigen::Array<T, Eigen::Dynamic, 1>(rows), element);
  Rows<T> wide = Rows<T>::Zero(rows, columns);
  laws.hold(wide.col(3), element);
  Vector longer = Vector::Zero(3 * rows);
  laws.hold(longer.segment(5, rows), element);
  laws.hold(Eigen::Map<Vector, 0, Eigen::InnerStride<>>(longer.data(), rows, Eigen::InnerStride<>(3)), element);
  TensorLaws<T, 1>({0}).hold(Vector(0), element);
  TensorLaws<T, 1>({1}).hold(Eigen::Matrix<T, 1, 1>(), element);
}

TEST_CASE("a temporary block can be a parameter, and the rest of its matrix is untouched") {
  Matrix a{{1, 2, 3}, {4, 5, 6}};
  add(a.row(0), Eigen::RowVector3d(10, 20, 30));
  add(a.col(1), Eigen::Vector2d(100, 200));
  CHECK(a == Matrix{{11, 122, 33}, {4, 205, 6}});
  add(a.array().rightCols<1>(), Eigen::Array<double, 2, 1>(1, 2));
  CHECK(a == Matrix{{11, 122, 34}, {4, 205, 8}});
}

TEST_CASE("an expression can be the gradient, even one that reads the parameters") {
  const Matrix a{{2, 1}, {1, 3}};
  Doubles x{{1, 2}};
  const Doubles start = x;
  add(x, a * x);
  CHECK(x == start + a * start);
  x = start;
  add(x, 2.0 * x - Doubles::Constant(2, 1));
  CHECK(x == Doubles{{2, 5}});
  x = start;
  add(x, x.reverse());  // every element depends on another one
  CHECK(x == Doubles{{3, 3}});
  x = start;
  add(x, x.array().square());
  CHECK(x == Doubles{{2, 6}});
  Eigen::RowVectorXd row = x.transpose();
  add(row, 2.0 * row);
  CHECK(row == Eigen::RowVectorXd{{6, 18}});
}

TEST_CASE("expressions of every kind give the bits of their evaluated matrices") {
  const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
  const auto climbs_alike = [&](const auto& theta, const auto& expression) {
    using Theta = std::remove_cvref_t<decltype(theta)>;
    const auto run = [&](const auto& gradient) {
      Theta x = theta;
      auto state = optimizer.init(x);
      for (int step = 0; step < 3; ++step) optimizer.ascend(x, gradient, state);
      return x;
    };
    CHECK(run(expression) == run(Theta(expression)));
  };
  const Matrix a = Matrix::Random(rows, columns), b = Matrix::Random(columns, rows);
  const Rows<double> c = a;
  const Doubles v = Doubles::Random(3000), w = Doubles::Random(3000);
  climbs_alike(a, 2.0 * a + b.transpose());
  climbs_alike(c, 2.0 * c + b.transpose());
  climbs_alike(Matrix(a * b), a * b);
  climbs_alike(v, v.cwiseProduct(w) - 0.5 * w);
  climbs_alike(v, w.unaryExpr([](double x) { return x * x + 1; }));
  climbs_alike(Eigen::RowVectorXd(v.transpose()), 3.0 * w.transpose());
}

TEST_CASE("elementwise functions of a vector are evaluated within the pass if they read no other elements") {
  const auto within = [](const auto& expression, Doubles& x) {
    return tensor_traits<std::remove_cvref_t<decltype(expression)>>::elementwise(expression, Order::row_major, x.data(),
                                                                                 x.data() + x.size());
  };
  Doubles x = Doubles::Random(10);
  const Doubles y = Doubles::Random(10);
  CHECK(within(2.0 * x + y, x));
  CHECK(within((x.array() * y.array()).exp() + 1.0, x));
  CHECK_FALSE(within(2.0 * x.reverse(), x));
  CHECK_FALSE(within(x.unaryExpr([&](double of) { return of + x[0]; }), x));  // a function that reads another element
  Doubles longer = Doubles::Random(20);
  Eigen::Map<Doubles> middle(longer.data() + 5, 10);
  CHECK_FALSE(tensor_traits<std::remove_cvref_t<decltype(2.0 * longer)>>::elementwise(
      2.0 * longer, Order::row_major, middle.data(), middle.data() + 10));
}

TEST_CASE("a vector of matrices and vectors is a set and can be combined with other libraries' tensors") {
  auto theta = std::tuple(Matrix(Matrix::Zero(2, 2)), Doubles(Doubles::Zero(3)), std::vector<double>{0, 0});
  const auto g = std::tuple(Matrix(Matrix::Ones(2, 2)), std::array<double, 3>{1, 2, 3}, Doubles(Doubles::Ones(2)));
  const Optimizer optimizer{ClipNorm{1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(std::get<1>(theta)[2] == doctest::Approx(3 / std::sqrt(20.0)));
  CHECK(std::get<0>(theta)(1, 1) == std::get<2>(theta)[0]);
}

TEST_CASE("a plain struct may have members of any library") {
  struct Mixed {
    Eigen::MatrixXd matrix;
    Eigen::Vector2f two;
    xt::xarray<double> array;
    std::span<double> view;
  };
  std::vector<double> beneath{7, 8}, g_beneath{1, 1};
  Mixed theta{Eigen::MatrixXd::Zero(2, 3), {1, 2}, {{1, 2}, {3, 4}}, beneath};
  const Mixed g{Eigen::MatrixXd::Ones(2, 3), {3, 4}, {{1, 1}, {1, 1}}, g_beneath};
  const Optimizer<> adds;
  auto state = adds.init(theta);
  adds.ascend(theta, g, state);
  CHECK(theta.matrix == Eigen::MatrixXd::Ones(2, 3));
  CHECK(theta.two == Eigen::Vector2f(4, 6));
  CHECK(theta.array == xt::xarray<double>{{2, 3}, {4, 5}});
  CHECK(beneath == std::vector<double>{8, 9});
}

TEST_CASE("a product is calculated as a whole, also for its norm") {
  const Matrix a = Matrix::Random(60, 50), b = Matrix::Random(50, 40);
  Matrix x = Matrix::Zero(60, 40);
  static_assert(read_as_a_whole<decltype(a * b)>() && !read_as_a_whole<decltype(2.0 * std::declval<Doubles&>())>());
  CHECK(gradient_norm(x, a * b) == doctest::Approx((a * b).norm()));
  const auto square =
      objective([](const Matrix& of) { return of.squaredNorm(); }, [](const Matrix& of) { return 2 * of; });
  x = Matrix::Random(3, 4);
  CHECK(check_gradient(square, x));
}

TEST_CASE("complex matrices, their parts and expressions") {
  using Complexes = Eigen::MatrixXcd;
  const Complexes start = Complexes::Random(5, 7), gradient = Complexes::Random(5, 7);
  const Optimizer optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}};
  std::vector<std::complex<double>> want(start.data(), start.data() + start.size());
  const std::span g(gradient.data(), want.size());
  auto state = optimizer.init(want);
  Complexes x = start, part = Complexes::Zero(7, 8);
  part.block(1, 1, 5, 7) = start;
  auto of_x = optimizer.init(x), of_part = optimizer.init(part.block(1, 1, 5, 7));
  for (int step = 0; step < 3; ++step) {
    optimizer.ascend(want, g, state);
    optimizer.ascend(x, 2.0 * (0.5 * gradient), of_x);
    optimizer.ascend(part.block(1, 1, 5, 7), gradient, of_part);
  }
  CHECK(std::equal(want.begin(), want.end(), x.data()));
  CHECK(part.block(1, 1, 5, 7) == x);
  CHECK(part.col(0).isZero(0));
}

TEST_CASE("overlap is checked again for a view with the same start but another stride") {
  using Stepped = Eigen::Map<Eigen::VectorXd, 0, Eigen::InnerStride<>>;
  Eigen::VectorXd m = Eigen::VectorXd::Zero(30);
  const Eigen::VectorXd g = Eigen::VectorXd::Ones(8);
  const auto views = [&](Eigen::Index step) {
    return std::tuple(Stepped(m.data(), 8, Eigen::InnerStride<>(step)),
                      Stepped(m.data() + 1, 8, Eigen::InnerStride<>(3)));
  };
  auto apart = views(3), crossing = views(2);
  auto state = plain.init(apart);
  plain.ascend(apart, std::tuple(g, g), state);
  CHECK(m.sum() == 16);
  CHECK_THROWS_WITH_AS(plain.ascend(crossing, std::tuple(g, g), state), doctest::Contains("share memory"), Refused);
  CHECK(m.sum() == 16);
}

namespace {

struct Pairs {
  std::pair<Eigen::VectorXd, Eigen::VectorXd> both;
  std::tuple<Eigen::Vector2d, double> few;
};

}  // namespace

TEST_CASE("pairs and tuples of matrices are parts of a plain struct") {
  const Pairs gradient{{Eigen::VectorXd::Ones(2), Eigen::VectorXd::Ones(3)}, {Eigen::Vector2d::Ones(), 1}};
  Pairs x = gradient;
  add(x, gradient);
  CHECK(x.both.second[2] == 2);
  CHECK(std::get<1>(x.few) == 2);
}

TEST_CASE("differing shapes are refused with both") {
  Matrix x = Matrix::Zero(2, 3);
  auto state = plain.init(x);
  CHECK_THROWS_WITH_AS(plain.ascend(x, Matrix(Matrix::Zero(3, 2)), state),
                       doctest::Contains("shape (2, 3), its gradient (3, 2)"), Refused);
}

namespace {

template <class X, class G>
void add_generic(Eigen::DenseBase<X>& theta, const Eigen::DenseBase<G>& gradient) {
  add(theta, gradient);
}

}  // namespace

TEST_CASE("a function that takes Eigen's base classes can step its arguments") {
  const auto check = [](auto x, const auto& g) {
    const auto want = (x + g).eval();
    add_generic(x, g);
    CHECK((x == want));
  };
  const Eigen::VectorXd v = Eigen::VectorXd::Random(7);
  const Matrix a = Matrix::Random(3, 5), b = Matrix::Random(5, 2);
  check(Eigen::VectorXd(v), 2 * v);
  check(Matrix(Matrix::Ones(3, 2)), a * b);
  Matrix wide = Matrix::Zero(4, 4);
  auto part = wide.block(1, 1, 2, 2);
  add_generic(part, Matrix::Ones(2, 2));
  CHECK(wide.sum() == 4);
}

TEST_CASE("a single-column matrix accepts a vector as gradient, and vice versa") {
  Matrix column = Matrix::Zero(3, 1);
  Eigen::VectorXd x = Eigen::VectorXd::Zero(3);
  const Eigen::VectorXd g{{1, 2, 3}};
  add(column, 2 * g);
  add(x, column);
  CHECK(column == 2 * g);
  CHECK(x == column);
  Matrix row = Matrix::Zero(1, 3);
  CHECK_THROWS_AS(add(column, row), Refused);
}

TEST_SUITE_END();
