// SPDX-License-Identifier: MIT
#include <gradus/core/draw.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace gradus;

namespace {

// Two numbers that encode where they were drawn.
struct Where {
  static constexpr Name draws[]{"a", "b"};
  static constexpr Name scalars[]{"scale"};

  constexpr std::array<double, 1> at(const Step&) const { return {1}; }
  template <class T>
  void draw(const Draw& draw, std::size_t size, T* to) const {
    for (std::size_t i = 0; i < size; ++i)
      to[i] = draw.which == 0 ? static_cast<T>(draw.first + i)
                              : static_cast<T>(1'000'000 * draw.leaf + 10'000 * static_cast<std::size_t>(draw.step));
  }
  static constexpr void apply(Record& r, Lane scale, Lane a, Lane b) { r.update = scale * (r.update + a) + b; }
};

static_assert(DrawingPolicy<Where> && draw_count<Where> == 2 && given_count<Where> == 3);
static_assert(!DrawingPolicy<Clip> && draw_count<Clip> == 0);

using Theta = std::vector<std::vector<double>>;

}  // namespace

TEST_SUITE_BEGIN("draw");

TEST_CASE("every element gets its own number, in every step, block, leaf and backend") {
  const std::vector<std::size_t> sizes{0, 3, 2500};
  const auto run = [&](const auto& optimizer, auto... backend) {
    Theta theta, gradient;
    for (const std::size_t size : sizes) theta.emplace_back(size), gradient.emplace_back(size);
    auto state = optimizer.init(theta);
    for (int t = 0; t < 2; ++t) optimizer.ascend(theta, gradient, state, backend...);
    return theta;
  };
  const Theta theta = run(Optimizer{Where{}});
  for (std::size_t l = 0; l < sizes.size(); ++l)
    for (std::size_t i = 0; i < sizes[l]; ++i)
      REQUIRE(theta[l][i] == 2.0 * static_cast<double>(i) + 2e6 * static_cast<double>(l) + 3e4);
  CHECK(run(Optimizer{Where{}}, backend::Serial{}) == theta);
}

TEST_CASE("a norm behind a drawing policy sees the same numbers") {
  std::vector<double> theta(3000), zero(theta.size());
  const Optimizer optimizer{Where{}, ClipNorm{1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, zero, state);
  double square = 0, expected = 0;
  for (std::size_t i = 0; i < theta.size(); ++i) square += theta[i] * theta[i];
  for (std::size_t i = 0; i < theta.size(); ++i)
    expected += (1e4 + static_cast<double>(i)) * (1e4 + static_cast<double>(i));
  CHECK(square == doctest::Approx(1).epsilon(1e-12));
  CHECK(theta[7] == doctest::Approx(10007 / std::sqrt(expected)).epsilon(1e-12));
}

TEST_CASE("drawing beside sums and slots, over three blocks") {
  std::vector<float> theta(2049), zero(theta.size());
  const Optimizer optimizer{Momentum{0.5}, Where{}, ClipLeafRms{1e9}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, zero, state);
  for (std::size_t i = 0; i < theta.size(); ++i) REQUIRE(theta[i] == static_cast<float>(i) + 1e4f);
  CHECK(state.slot<float>("velocity")[5] == 0);
}

TEST_SUITE_END();
