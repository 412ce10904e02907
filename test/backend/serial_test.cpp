// SPDX-License-Identifier: MIT
#include <gradus/backend/serial.hpp>

#include "support/constant_step.hpp"
#include "support/random.hpp"
#include "support/texts.hpp"

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <vector>

using namespace gradus;
using gradus::backend::Serial;

// A whole composition in a constant expression: clip to 8, v = 0.5 * 16 + 8, s = 0.75 * 0 + 0.25 * 64, and then
// 16 / (4 + 4) * 0.5.
static_assert(support::constant_step(detail::Pack{Clip{8}, Momentum{0.5}, Adaptive{0.75, 4}, LearningRate{0.5}},
                                     support::Element<2>{1, {16, 0}}, 100) == support::Element<2>{2, {16, 16}});

namespace {

constexpr auto sum = [](Lane x, Lane y, Lane, Lane) { return x + y; };

template <class T>
constexpr auto largest_of(T a, T b, T c) {
  const T x[]{a, b, c};
  return Serial::largest(x, 3);
}
static_assert(largest_of(1.0, -3.0, 2.0) == magnitude_bits(3.0));

}  // namespace

TEST_SUITE_BEGIN("serial");

TEST_CASE("a sweep starts at the given element and touches nothing else") {
  std::vector<double> x{1, 2, 3, 4}, y{10, 20, 30, 40}, out(4, -1);
  const detail::Streams<double, double, 3> at{nullptr, x.data(), {y.data(), y.data(), y.data(), nullptr}, out.data()};
  const double no_scalar[1]{};
  Serial::run<support::TextChain<sum>>(at, 3, no_scalar, false, 1);
  CHECK(out == std::vector<double>{-1, 22, 33, -1});
  Serial::run<support::TextChain<sum>>(at, 3, no_scalar, true, 1);  // the gradient negated as it is loaded
  CHECK(out == std::vector<double>{-1, 18, 27, -1});
}

TEST_CASE_TEMPLATE("largest() finds the largest magnitude, and ranks infinity and NaN above all numbers", T, float,
                   double) {
  using Limits = std::numeric_limits<T>;
  CHECK(Serial::largest(static_cast<const T*>(nullptr), 0) == 0);
  for (const std::size_t size : support::Sizes{1, 2, 3, 16, 100, 1000}) {
    for (const T extreme : {T(-5), Limits::max(), -Limits::infinity(), Limits::quiet_NaN()}) {
      for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
        auto x = support::gradient<T>(size);
        for (T& element : x) element = std::clamp(element, T(-1), T(1));
        x[at] = extreme;
        CHECK(Serial::largest(x.data(), size) == magnitude_bits(extreme));
      }
    }
  }
}

TEST_CASE("every element is added to its own lane") {
  std::vector<float> x(2 * detail::norm_lanes + 3);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = -static_cast<float>(i);
  double lane[detail::norm_lanes];
  std::fill(std::begin(lane), std::end(lane), 0.5);
  const auto expected = [](double before, std::size_t j) {
    const auto at = static_cast<double>(j);
    return before + 2 * at + detail::norm_lanes + (j < 3 ? at + 2 * detail::norm_lanes : 0);
  };
  Serial::add_lanes<detail::Magnitude>(x.data(), x.size(), lane);
  for (std::size_t j = 0; j < detail::norm_lanes; ++j) CHECK(lane[j] == expected(0.5, j));
  Serial::set_lanes<detail::Magnitude>(x.data(), x.size(), lane);
  for (std::size_t j = 0; j < detail::norm_lanes; ++j) CHECK(lane[j] == expected(0, j));
}

TEST_SUITE_END();
