// SPDX-License-Identifier: MIT
#include <gradus/backend/simd.hpp>

#include "support/guard_page.hpp"
#include "support/targets.hpp"
#include "support/trajectories.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

using namespace gradus;
using gradus::backend::Serial;
using gradus::backend::Simd;

namespace {

const Optimizer everything{Clip{0.7}, ClipNorm{2}, Momentum{}, Nesterov{}, Adaptive{}, WeightDecay{}, LearningRate{}};

// Two steps in the given memory; the numbers do not depend on it.
template <class T>
void step_in(std::span<T> theta, std::span<T> gradient) {
  std::ranges::copy(support::parameters<T>(theta.size()), theta.begin());
  auto state = everything.init(theta);
  for (const std::uint64_t seed : support::Sizes{1, 2}) {
    std::ranges::copy(support::gradient<T>(theta.size(), seed), gradient.begin());
    everything.ascend(theta, std::span<const T>(gradient), state);
  }
}

template <class T>
std::vector<T> expected(std::size_t size) {
  std::vector<T> theta(size), gradient(size);
  step_in<T>(theta, gradient);
  return theta;
}

// The parameters after three steps, with slots stored in the other floating-point type.
template <class T, class Backend>
std::vector<T> stepped_with_others(std::size_t size, Backend backend) {
  using Other = std::conditional_t<std::is_same_v<T, float>, double, float>;
  auto theta = support::parameters<T>(size);
  auto state = everything.init(theta, Storage<Other>{});
  for (const std::uint64_t seed : support::Sizes{1, 2, 3})
    everything.ascend(theta, support::gradient<T>(size, seed), state, backend);
  return theta;
}

template <class T>
constexpr std::size_t most_lanes = 4 * 64 / sizeof(T) + 3;

}  // namespace

TEST_SUITE_BEGIN("simd");

TEST_CASE_TEMPLATE("results do not depend on the offset within a cache line, and adjacent memory is untouched", T,
                   float, double) {
  constexpr std::size_t offsets = 64 / sizeof(T);
  const T sentinel = T(123.25);
  support::for_each_target([&] {
    for (std::size_t size = 0; size <= most_lanes<T>; ++size) {
      const auto want = expected<T>(size);
      for (std::size_t offset = 0; offset < offsets; ++offset) {
        std::vector<T> memory(size + 2 * offsets, sentinel), other = memory;
        step_in<T>({memory.data() + offset, size}, {other.data() + (3 * offset + 1) % offsets, size});
        REQUIRE(support::same_bits(std::span<T>(memory.data() + offset, size), want));
        for (std::size_t i = 0; i < memory.size(); ++i)
          if (i < offset || i >= offset + size) REQUIRE(memory[i] == sentinel);
      }
    }
  });
}

TEST_CASE_TEMPLATE("no memory before the first element or past the last is touched", T, float, double) {
  const support::GuardedMemory theta(5000 * sizeof(T)), gradient(5000 * sizeof(T));
  support::for_each_target([&] {
    for (std::size_t size = 0; size <= 5000; size += size < most_lanes<T> ? 1 : 999) {
      const auto want = expected<T>(size);
      step_in(theta.at_end<T>(size), gradient.at_end<T>(size));
      CHECK(support::same_bits(theta.at_end<T>(size), want));
      step_in(theta.at_start<T>(size), gradient.at_start<T>(size));
      CHECK(support::same_bits(theta.at_start<T>(size), want));
    }
  });
}

TEST_CASE_TEMPLATE("every target gives the same bits as the serial backend", T, float, double) {
  support::for_each_composition([](const char* name, const auto& optimizer) {
    INFO(name);
    for (const std::size_t size : support::Sizes{0, 1, 3, 4, 5, 8, 15, 16, 17, 31, 33, 63, 64, 65, 1023, 1025, 5000}) {
      const auto expected = support::trajectory<T>(optimizer, size, Serial{});
      support::for_each_target([&] { CHECK(support::trajectory<T>(optimizer, size, Simd{}) == expected); });
    }
  });
}

TEST_CASE_TEMPLATE("the largest magnitude is found at every position", T, float, double) {
  using Limits = std::numeric_limits<T>;
  for (std::size_t size = 1; size <= most_lanes<T>; ++size) {
    auto x = support::gradient<T>(size);
    for (T& element : x) element = std::clamp(element, T(-1), T(1));
    for (std::size_t at = 0; at < size; ++at)
      for (const T extreme : {T(-5), -Limits::infinity(), Limits::quiet_NaN()}) {
        const T before = std::exchange(x[at], extreme);
        support::for_each_target([&] { CHECK(Simd::largest(x.data(), size) == magnitude_bits(extreme)); });
        x[at] = before;
      }
  }
}

TEST_CASE_TEMPLATE("slots stored in another type give the same bits as the serial backend", T, float, double) {
  for (std::size_t size = 0; size <= most_lanes<T>; ++size) {
    const auto expected = stepped_with_others<T>(size, Serial{});
    support::for_each_target([&] { CHECK(support::same_bits(stepped_with_others<T>(size, Simd{}), expected)); });
  }
}

TEST_CASE_TEMPLATE("the bits of an element do not depend on its position", T, float, double) {
  const Optimizer optimizer{Clip{0.7}, Momentum{}, Nesterov{}, CorrectedAdaptive{}, WeightDecay{}, LearningRate{}};
  auto theta = support::parameters<T>(most_lanes<T>);
  const auto gradient = support::gradient<T>(theta.size());
  std::vector<T> alone = theta;
  auto state = optimizer.init(theta);
  optimizer.descend(theta, gradient, state);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    auto one = optimizer.init(alone[i]);
    optimizer.descend(alone[i], gradient[i], one);
  }
  CHECK(support::same_bits(theta, alone));
}

TEST_SUITE_END();
