// SPDX-License-Identifier: MIT
#include <gradus/core/pair_ops.hpp>

#include <doctest/doctest.h>

#include <complex>
#include <limits>

using gradus::detail::RealPair;
using Ops = gradus::detail::PairOps<double>;

namespace {

constexpr bool same(RealPair<double> x, double real, double imaginary) {
  return x.part[0] == real && x.part[1] == imaginary;
}

static_assert(same(Ops::add({{1, 2}}, {{3, 5}}), 4, 7) && same(Ops::sub({{1, 2}}, {{3, 5}}), -2, -3));
static_assert(same(Ops::mul(Ops::all(2), {{3, 5}}), 6, 10) && same(Ops::div({{3, 5}}, Ops::constant(2)), 1.5, 2.5));
static_assert(same(Ops::inner({{1, 2}}, {{3, 5}}), 13, 13), "Re(x conj y), in place of both parts");
static_assert(same(Ops::sqrt(Ops::inner({{3, -4}}, {{3, -4}})), 5, 5));
static_assert(same(Ops::min({{1, 5}}, {{3, 2}}), 1, 2) && same(Ops::max({{1, 5}}, {{3, 2}}), 3, 5));
static_assert(same(Ops::neg({{1, -2}}), -1, 2) && same(Ops::abs({{1, -2}}), 1, 2));
static_assert(same(Ops::choose_less({{1, 5}}, Ops::all(2), {{10, 20}}, {{30, 40}}), 10, 40));
static_assert(same(Ops::choose_less_equal({{2, 5}}, Ops::all(2), {{10, 20}}, {{30, 40}}), 10, 40));
static_assert(same(Ops::choose_equal({{2, 5}}, Ops::all(5), {{10, 20}}, {{30, 40}}), 30, 20));

}  // namespace

TEST_SUITE_BEGIN("pair ops");

TEST_CASE("pairs are laid out like complex numbers and may be stored as another type") {
  const std::complex<double> z(0.1, -2);
  const auto pair = Ops::load(reinterpret_cast<const double*>(&z));
  CHECK(same(pair, 0.1, -2));
  float narrow[2];
  Ops::store(pair, narrow);
  CHECK(narrow[0] == 0.1f);
  CHECK(same(Ops::load(narrow), static_cast<double>(0.1f), -2));
}

TEST_CASE("functions of reals apply to each part") {
  CHECK(same(Ops::cbrt({{8, -27}}), 2, -3));
  CHECK(same(Ops::exp({{0, -std::numeric_limits<double>::infinity()}}), 1, 0));
  CHECK(same(Ops::log({{1, 0}}), 0, -std::numeric_limits<double>::infinity()));
  CHECK(same(Ops::fma({{2, 3}}, {{5, 7}}, {{1, -1}}), 11, 20));
}

TEST_SUITE_END();
