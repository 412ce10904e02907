// SPDX-License-Identifier: MIT
#include <gradus/backend/xtensor.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/slots.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <string_view>

using namespace gradus;

static_assert(backend::Xtensor::walks && !backend::Simd::walks && !backend::Serial::walks);
static_assert(std::string_view(backend::Xtensor::name) == "xtensor");

namespace {

const Optimizer composed{Clip{0.7}, ClipNorm{2}, Momentum{}, Nesterov{}, Adaptive{}, WeightDecay{}, LearningRate{}};

// Takes some steps on any tensor of `size` elements and returns its slots.
template <class T, class X, class G, class... Backend>
std::vector<T> climbed(X&& theta, G&& gradient, const Backend&... backend) {
  auto state = composed.init(theta);
  for (int step = 0; step < 4; ++step) composed.ascend(theta, gradient, state, backend...);
  return support::slots<T>(state);
}

}  // namespace

TEST_SUITE_BEGIN("xtensor backend");

TEST_CASE_TEMPLATE("walking element by element gives the same bits as stepping a contiguous block", T, float, double) {
  for (const std::size_t size : support::Sizes{0, 1, 5, 31, 1023, 1024, 1025, 4099}) {
    auto theta = support::parameters<T>(size), walked = theta;
    const auto gradient = support::gradient<T>(size);
    const auto slots = climbed<T>(theta, gradient);
    CHECK(support::same_bits(climbed<T>(walked, gradient, backend::Xtensor{}), slots));
    CHECK(support::same_bits(walked, theta));
  }
}

TEST_CASE_TEMPLATE("a non-contiguous view is walked and written in place", T, float, double) {
  constexpr std::size_t rows = 41, columns = 30;
  auto theta = support::parameters<T>(rows * columns);
  const auto gradient = support::gradient<T>(theta.size());
  xt::xarray<T> wide = xt::ones<T>({rows, 2 * columns});
  auto stepped = xt::view(wide, xt::all(), xt::range(0, 2 * columns, 2));
  stepped = xt::adapt(theta, {rows, columns});
  const xt::xarray<T> shaped = xt::adapt(gradient, {rows, columns});

  const auto slots = climbed<T>(theta, gradient);
  CHECK(support::same_bits(climbed<T>(stepped, shaped), slots));
  for (std::size_t i = 0; i < theta.size(); ++i) {
    CHECK(wide(i / columns, i % columns * 2) == theta[i]);
    CHECK(wide(i / columns, i % columns * 2 + 1) == 1);
  }
}

TEST_CASE("the backend can be named in the optimizer's type") {
  Optimizer walking{Momentum{}, backend::Xtensor{}};
  xt::xarray<double> theta{1, 2}, gradient{3, 4};
  auto state = walking.init(theta);
  walking.descend(theta, gradient, state);
  CHECK(theta == xt::xarray<double>{-2, -2});
}

TEST_SUITE_END();
