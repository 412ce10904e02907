// SPDX-License-Identifier: MIT
#include <gradus/plan/affine.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

using namespace gradus;

namespace {

struct Nodes {
  detail::Graph graph;
  short x = graph.put({detail::Op::stream, 0}), y = graph.put({detail::Op::stream, 1}),
        c = graph.put({detail::Op::scalar, 0});

  detail::Affine<2> of(short id) const {
    const double scalar[]{3};
    const detail::Affine<2> stream[]{detail::Affine<2>::variable(0), detail::Affine<2>::variable(1, 0.5)};
    detail::Affine<2> all[detail::Graph::capacity];
    detail::affine_nodes(graph, stream, scalar, all);
    return all[id];
  }
};

using Slopes = std::array<double, 2>;

}  // namespace

TEST_SUITE_BEGIN("affine");

TEST_CASE("sums and multiples are straight, products are not") {
  Nodes n;
  const short sum = n.graph.put({detail::Op::add, n.graph.put({detail::Op::mul, n.c, n.x}), n.y});
  CHECK(n.of(sum).slope == Slopes{3, 0.5});
  const short shifted = n.graph.put({detail::Op::sub, n.graph.put({detail::Op::div, n.x, n.c}), n.c});
  CHECK(n.of(shifted).slope[0] == doctest::Approx(1.0 / 3));
  CHECK(n.of(shifted).offset == -3);
  const short tripled = n.graph.put({detail::Op::mul, n.c, shifted});
  CHECK(n.of(tripled).slope[0] == doctest::Approx(1));
  CHECK(n.of(tripled).offset == -9);
  CHECK(n.of(n.graph.put({detail::Op::neg, shifted})).offset == 3);
  CHECK_FALSE(n.of(n.graph.put({detail::Op::mul, n.x, n.y})).straight);
  CHECK_FALSE(n.of(n.graph.put({detail::Op::div, n.c, n.x})).straight);
  CHECK_FALSE(n.of(n.graph.put({detail::Op::abs, n.x})).straight);
}

TEST_CASE("a selection whose condition is constant is the chosen branch") {
  Nodes n;
  const short zero = n.graph.put({detail::Op::sub, n.c, n.c});
  CHECK(n.of(n.graph.put({detail::Op::select_less, zero, n.c, n.x, n.y})).slope == Slopes{1, 0});
  CHECK(n.of(n.graph.put({detail::Op::select_equal, zero, n.c, n.x, n.y})).slope == Slopes{0, 0.5});
  CHECK_FALSE(n.of(n.graph.put({detail::Op::select_less, n.x, n.c, n.x, n.y})).straight);
}

TEST_CASE("a node that depends on no variable is a number, whatever operations made it") {
  Nodes n;
  const short zero = n.graph.put({detail::Op::sub, n.c, n.c});
  CHECK(n.of(n.graph.put({detail::Op::mul, zero, n.graph.put({detail::Op::abs, n.x})})).is_number());
  CHECK(n.of(n.graph.put({detail::Op::max, zero, n.c})).offset == 3);
  CHECK(n.of(n.graph.put({detail::Op::exp, n.graph.put({detail::Op::cbrt, n.c})})).offset ==
        doctest::Approx(std::exp(std::cbrt(3.0))).epsilon(1e-15));
  CHECK(n.of(n.graph.put({detail::Op::select_less, zero, n.c, n.c, zero})).offset == 3);
}

TEST_CASE("operations of numbers have the values that the machine gives them") {
  using enum detail::Op;
  Nodes n;
  const auto value = [&](detail::Op op, double a, double b = 0, double c = 0, double d = 0) {
    const auto number = [&](double x) { return n.graph.put({.op = constant, .value = x}); };
    const detail::Affine<2> result = n.of(n.graph.put({op, number(a), number(b), number(c), number(d)}));
    CHECK(result.is_number());
    return result.offset;
  };
  CHECK(value(min, 2, 3) == 2);
  CHECK(value(min, 3, 2) == 2);
  CHECK(value(max, 2, 3) == 3);
  CHECK(value(abs, -2) == 2);
  CHECK(value(sqrt, 9) == 3);
  CHECK(value(log, 1) == 0);
  CHECK(value(neg, 2) == -2);
  CHECK(value(div, 1, 4) == 0.25);
  CHECK(value(fma, 2, 3, 4) == 10);
  CHECK(value(select_less, 1, 2, 3, 4) == 3);
  CHECK(value(select_less, 2, 2, 3, 4) == 4);
  CHECK(value(select_less_equal, 2, 2, 3, 4) == 3);
  CHECK(value(select_less_equal, 3, 2, 3, 4) == 4);
  CHECK(value(select_equal, 2, 2, 3, 4) == 3);
  CHECK(value(select_equal, 2, 3, 3, 4) == 4);
}

TEST_CASE("a multiple by an infinite number, or by the inverse of a denormal one, is not straight") {
  using enum detail::Op;
  Nodes n;
  const short endless = n.graph.put({.op = constant, .value = std::numeric_limits<double>::infinity()});
  const short tiny = n.graph.put({.op = constant, .value = 5e-324});
  const short smallest = n.graph.put({.op = constant, .value = std::numeric_limits<double>::min()});
  CHECK_FALSE(n.of(n.graph.put({mul, endless, n.x})).straight);
  CHECK_FALSE(n.of(n.graph.put({mul, n.x, endless})).straight);
  CHECK_FALSE(n.of(n.graph.put({div, n.x, tiny})).straight);
  CHECK(n.of(n.graph.put({div, n.x, smallest})).straight);
  CHECK_FALSE(n.of(n.graph.put({div, n.c, n.graph.put({sub, n.c, n.c})})).straight);
  CHECK_FALSE(n.of(n.graph.put({select_less, n.c, n.x, n.x, n.y})).straight);
  CHECK_FALSE(n.of(n.graph.put({fma, n.x, n.y, n.c})).straight);
  CHECK(n.of(n.graph.put({fma, n.c, n.x, n.y})).slope == Slopes{3, 0.5});
}

TEST_CASE("spectral radius of a rotation, a shear, a nilpotent and a zero matrix") {
  const double r = 0.7, turn = 1.1;
  CHECK(detail::spectral_radius<2>({{{r * std::cos(turn), -r * std::sin(turn)},
                                     {r * std::sin(turn), r * std::cos(turn)}}}) == doctest::Approx(r).epsilon(1e-13));
  CHECK(detail::spectral_radius<2>({{{1, 1}, {0, 1}}}) == doctest::Approx(1).epsilon(1e-12));
  CHECK(detail::spectral_radius<2>({{{0, 1}, {0, 0}}}) == 0);
  CHECK(detail::spectral_radius<2>({{{0, 1}, {1, 0}}}) == doctest::Approx(1).epsilon(1e-12));
  CHECK(detail::spectral_radius<1>({}) == 0);
}

TEST_CASE("variables that depend on a non-affine one do not count towards the growth") {
  using Number = detail::Affine<3>;
  const Number doubles = Number::variable(0, 2), halves = Number::variable(1, 0.5);
  Number bent;
  bent.straight = false;
  CHECK(detail::growth<3>({doubles, halves, bent}) == doctest::Approx(2));
  CHECK(detail::growth<3>({detail::mix(1, doubles, 1, Number::variable(2)), halves, bent}) == doctest::Approx(0.5));
}

TEST_CASE("the growth is the spectral radius, for triangular systems and for rotations") {
  using Number = detail::Affine<2>;
  const Number x = Number::variable(0), y = Number::variable(1);
  CHECK(detail::growth<2>({detail::mix(1, x, 0.9, y), scaled(-1.8, y)}) == 1.8);
  CHECK(detail::growth<2>({detail::mix(0.6, x, -0.8, y), detail::mix(0.8, x, 0.6, y)}) ==
        doctest::Approx(1).epsilon(1e-12));
}

TEST_CASE("the growth can be computed at compile time") {
  using Number = detail::Affine<2>;
  constexpr double alone =
      detail::growth<2>({detail::mix(0.5, Number::variable(0), 0.9, Number::variable(1)), Number::variable(1, -1.8)});
  constexpr double together = detail::growth<2>({Number::variable(1), Number::variable(0, 4)});
  CHECK(alone == 1.8);
  CHECK(together == doctest::Approx(2).epsilon(1e-12));
}

TEST_SUITE_END();
