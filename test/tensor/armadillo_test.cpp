// SPDX-License-Identifier: MIT
#include <gradus/tensor/armadillo.hpp>

#include "support/random.hpp"
#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <complex>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using namespace gradus;
using support::TensorLaws;

using Column = decltype(std::declval<arma::mat&>().col(0));

static_assert(WritableTensor<arma::mat> && WritableTensor<arma::fvec> && WritableTensor<arma::cube>);
static_assert(WritableTensor<arma::mat::fixed<2, 3>> && WritableTensor<arma::rowvec::fixed<2>>);
static_assert(WritableTensor<Column> && !read_only<Column>() && read_only<const arma::mat>());
static_assert(owns<arma::mat>() && owns<arma::vec::fixed<3>>() && owns<arma::cube>() && !owns<Column>());
static_assert(LazyTensor<decltype(2.0 * std::declval<arma::vec&>())> && !LazyTensor<Column>);
static_assert(LazyTensor<decltype(std::declval<arma::mat&>() * std::declval<arma::vec&>())>);

namespace {

constexpr std::size_t rows = 41, columns = 33;  // together more than a block of a walk

const auto element = [](auto& x, auto... at) -> auto& { return x(at...); };

const Optimizer<> plain;  // its update is the gradient

template <class X, class G>
void add(X&& theta, const G& gradient) {
  auto state = plain.init(theta);
  plain.ascend(theta, gradient, state);
}

template <class X, class Y>
bool equal(const X& x, const Y& y) {
  return arma::approx_equal(x, y, "absdiff", 0);
}

}  // namespace

TEST_SUITE_BEGIN("Armadillo");

TEST_CASE_TEMPLATE("matrices and their parts obey the laws", T, float, double, std::complex<double>) {
  const TensorLaws<T, 2> laws({rows, columns});
  laws.hold(arma::Mat<T>(rows, columns), element);
  arma::Mat<T> wide(2 * rows, 3 * columns, arma::fill::zeros);
  laws.hold(wide.submat(3, 2, rows + 2, columns + 1), element);
  laws.hold(wide(arma::span(0, rows - 1), arma::span(columns, 2 * columns - 1)), element);
  laws.hold(wide.head_cols(columns).eval().head_rows(rows), element);
  TensorLaws<T, 2>({3, 4}).hold(typename arma::Mat<T>::template fixed<3, 4>(), element);
  TensorLaws<T, 2>({0, 4}).hold(arma::Mat<T>(0, 4), element);
}

TEST_CASE_TEMPLATE("columns, rows and diagonals are one-dimensional", T, float, double, std::complex<double>) {
  const TensorLaws<T, 1> laws({rows});
  laws.hold(arma::Col<T>(rows), element);
  laws.hold(arma::Row<T>(rows), element);
  arma::Mat<T> wide(rows + 2, rows + 1, arma::fill::zeros);
  laws.hold(wide.col(3).subvec(1, rows), element);
  laws.hold(wide.row(2).head(rows), element);
  laws.hold(wide.col(2).head(rows), element);
  laws.hold(wide.diag(1), element);
  TensorLaws<T, 1>({0}).hold(arma::Col<T>(), element);
  TensorLaws<T, 1>({1}).hold(arma::Col<T>(1), element);
}

TEST_CASE_TEMPLATE("cubes and their parts are three-dimensional", T, float, double, std::complex<double>) {
  const TensorLaws<T, 3> laws({5, 17, 13});
  laws.hold(arma::Cube<T>(5, 17, 13), element);
  arma::Cube<T> wide(9, 20, 15, arma::fill::zeros);
  laws.hold(wide.subcube(1, 2, 1, 5, 18, 13), element);
}

TEST_CASE("a temporary part can be a parameter, and the rest of its matrix is untouched") {
  arma::mat a{{1, 2, 3}, {4, 5, 6}};
  add(a.row(0), arma::rowvec{10, 20, 30});
  add(a.col(1), arma::vec{100, 200});
  CHECK(equal(a, arma::mat{{11, 122, 33}, {4, 205, 6}}));
  add(a.diag(), std::vector<double>{1000, 2000});
  CHECK(equal(a, arma::mat{{1011, 122, 33}, {4, 2205, 6}}));
}

TEST_CASE("an expression can be the gradient, even one that reads the parameters") {
  const arma::mat a{{2, 1}, {1, 3}};
  const arma::vec start{1, 2};
  // A stored Armadillo expression does not own its operands, so each is used where it is written.
  const auto stepped = [&](auto step) {
    arma::vec x = start;
    step(x);
    return x;
  };
  CHECK(equal(stepped([&](arma::vec& x) { add(x, a * x); }), arma::vec{5, 9}));
  CHECK(equal(stepped([&](arma::vec& x) { add(x, a.t() * x); }), arma::vec{5, 9}));
  CHECK(equal(stepped([&](arma::vec& x) { add(x, 2.0 * x - 1.0); }), arma::vec{2, 5}));
  CHECK(equal(stepped([&](arma::vec& x) { add(x, arma::square(x) % x); }), arma::vec{2, 10}));
  CHECK(equal(stepped([&](arma::vec& x) { add(x, arma::reverse(x)); }), arma::vec{3, 3}));
  arma::mat b = a;
  add(b, a.t() * a);
  CHECK(equal(b, arma::mat{{7, 6}, {6, 13}}));
  arma::fvec narrow{1, 2};
  add(narrow, arma::fvec{1, 2} * 2.0f);
  CHECK(narrow(1) == 6);
}

TEST_CASE_TEMPLATE("an expression of cubes can be the gradient", T, float, double, std::complex<double>) {
  const arma::Cube<T> start(3, 4, 2, arma::fill::randn), g(3, 4, 2, arma::fill::randn);
  const auto differs = [&](const arma::Cube<T>& by, auto step) {
    arma::Cube<T> x = start, want = start;
    step(x);
    for (std::size_t i = 0; i < want.n_elem; ++i) want(i) += by(i);
    return arma::abs(x - want).max();
  };
  CHECK(differs(2.0 * g, [&](auto& x) { add(x, T(2) * g); }) == 0);
  CHECK(differs(g + g % start, [&](auto& x) { add(x, g + g % x); }) == 0);
  CHECK(differs(arma::square(g), [&](auto& x) { add(x, arma::square(g)); }) == 0);
  CHECK(differs(g.slices(arma::uvec{1, 0}), [&](auto& x) { add(x, g.slices(arma::uvec{1, 0})); }) == 0);
  std::vector<T> flat(start.n_elem);  // in row-major order
  auto state = plain.init(std::span(flat));
  CHECK_THROWS_WITH(plain.ascend(std::span(flat), T(2) * g, state), doctest::Contains("(3, 4, 2)"));
}

TEST_CASE("a single-column or single-row matrix accepts a vector as gradient, and vice versa") {
  arma::mat column(3, 1, arma::fill::zeros), row(1, 3, arma::fill::zeros);
  arma::vec x(3, arma::fill::zeros);
  add(column, arma::vec{1, 2, 3});
  add(row, 2.0 * arma::rowvec{1, 2, 3});
  add(x, column);
  CHECK(equal(column, arma::vec{1, 2, 3}));
  CHECK(equal(row, arma::rowvec{2, 4, 6}));
  CHECK(equal(x, arma::vec{1, 2, 3}));
  CHECK_THROWS_AS(add(column, row), Refused);
  CHECK_THROWS_AS(add(column, arma::vec(2)), Refused);
  CHECK_THROWS_AS(add(x, arma::mat(3, 2)), Refused);
  CHECK_THROWS_AS(add(column, std::vector<double>(3)), Refused);
  arma::cube bar(3, 1, 1, arma::fill::zeros);
  add(bar, arma::vec{1, 2, 3});
  CHECK(bar(2, 0, 0) == 3);
  CHECK_THROWS_AS(add(bar, column), Refused);  // neither is a vector
  arma::mat none(0, 1);
  CHECK_NOTHROW(add(none, arma::vec()));
  auto state = plain.init(column);
  plain.begin_ascent(column, state).leaf(0, arma::vec{1, 1, 1});
  CHECK(equal(column, arma::vec{2, 3, 4}));
}

TEST_CASE("the shape of a product is known without calculating it") {
  const arma::mat a(2, 3), b(3, 5);
  const arma::vec x(5);
  const auto shape = [](const auto& of) { return tensor_traits<std::remove_cvref_t<decltype(of)>>::shape(of); };
  CHECK(shape(a * b) == std::array<std::size_t, 2>{2, 5});
  CHECK(shape(b.t() * a.t()) == std::array<std::size_t, 2>{5, 2});
  CHECK(shape(a * b * x) == std::array<std::size_t, 1>{2});
  CHECK(shape((a * b).t() * a) == std::array<std::size_t, 2>{5, 3});
  CHECK(shape(arma::sum(a, 0)) == std::array<std::size_t, 2>{1, 3});
}

TEST_CASE("complex matrices, their parts and expressions") {
  const arma::cx_mat start(5, 7, arma::fill::randn), gradient(5, 7, arma::fill::randn);
  const Optimizer optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}};
  std::vector<std::complex<double>> want(start.begin(), start.end());
  auto state = optimizer.init(want);
  arma::cx_mat x = start, part(7, 8, arma::fill::zeros);
  part.submat(1, 1, 5, 7) = start;
  auto of_x = optimizer.init(x), of_part = optimizer.init(part.submat(1, 1, 5, 7));
  for (int step = 0; step < 3; ++step) {
    optimizer.ascend(want, std::span(gradient.memptr(), want.size()), state);
    optimizer.ascend(x, 2.0 * (0.5 * gradient), of_x);
    optimizer.ascend(part.submat(1, 1, 5, 7), gradient, of_part);
  }
  CHECK(std::equal(want.begin(), want.end(), x.begin()));
  CHECK(arma::approx_equal(part.submat(1, 1, 5, 7), x, "absdiff", 0.0));
  CHECK(arma::accu(arma::abs(part.col(0))) == 0);
}

TEST_CASE("matrices of several types make a set") {
  auto theta = std::tuple(arma::mat(2, 2, arma::fill::zeros), arma::vec(3, arma::fill::zeros));
  const auto g = std::tuple(arma::mat(2, 2, arma::fill::ones), std::vector<double>{1, 2, 3});
  const Optimizer optimizer{ClipNorm{1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(std::get<1>(theta)(2) == doctest::Approx(3 / std::sqrt(18.0)));
}

TEST_SUITE_END();
