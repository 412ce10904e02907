// SPDX-License-Identifier: MIT
#include <gradus/backend/device_draws.hpp>

#include <gradus/backend/device_sweep.hpp>
#include <gradus/plan/layout.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/noise.hpp>
#include <gradus/schedule/by_leaf.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

using gradus::Draw;
using gradus::LearningRate;
using gradus::Noise;

namespace {

/// Draws its two numbers as a code of what it was asked.
struct Coded {
  static constexpr gradus::Name draws[]{"a", "b"};
  template <class T>
  void draw(const Draw& what, std::size_t size, T* to) const {
    for (std::size_t i = 0; i < size; ++i)
      to[i] = static_cast<T>(1000 * what.step + 100 * static_cast<std::int64_t>(what.leaf) +
                             10 * static_cast<std::int64_t>(what.first + i) + static_cast<std::int64_t>(what.which));
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane a, gradus::Lane b) { r.update = r.update + a + b; }
};

template <class... P>
auto draws_of(const P&... policy) {
  return gradus::backend::device_draws<gradus::detail::Layout<P...>>(gradus::detail::Pack<P...>(policy...));
}

}  // namespace

TEST_SUITE_BEGIN("device draws");

TEST_CASE("every stream is told its step, leaf, element and place in the composition") {
  const auto draws = draws_of(Coded{}, LearningRate{}, Coded{});
  gradus::backend::Vector<float, 2> stream[4];
  draws(7, 3, 4, stream);
  for (std::size_t which = 0; which < 4; ++which)
    for (std::size_t v = 0; v < 2; ++v) CHECK(stream[which].value[v] == static_cast<float>(7340 + 10 * v + which));
}

TEST_CASE("groups draw what the host draws in one call") {
  const auto draws = draws_of(Noise{.seed = 5});
  std::vector<double> all(23);
  Noise{.seed = 5}.draw(Draw{.step = 2, .leaf = 1}, all.size(), all.data());
  for (std::size_t i = 0; i + 2 <= all.size(); ++i) {
    gradus::backend::Vector<double, 2> pair[1];
    draws(2, 1, i, pair);
    CHECK(pair[0].value[0] == all[i]);
    CHECK(pair[0].value[1] == all[i + 1]);
  }
}

TEST_CASE("what a kernel is given is the policies that draw, bare, and nothing if there are none") {
  CHECK(std::is_empty_v<decltype(draws_of(LearningRate{}))>);
  const auto by_name = gradus::by_leaf<&Noise::variance>([](std::string_view) { return 1.0; }, Noise{.seed = 9});
  const auto draws = draws_of(LearningRate{}, by_name);
  CHECK(sizeof draws == sizeof(Noise));
  CHECK(std::is_trivially_copyable_v<decltype(draws_of(by_name))>);
}
