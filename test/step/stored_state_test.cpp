// SPDX-License-Identifier: MIT
#include <gradus/step/stored_state.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/upper.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace gradus;
using support::same_bits;
using support::Upper;

static_assert(std::is_same_v<storage_of<State>, Storage<>>);
static_assert(std::is_same_v<storage_of<StoredState<Storage<float>>>, Storage<float>>);
static_assert(std::is_same_v<state_of<Storage<>, detail::Elements<float, double>>, State>);
static_assert(std::is_same_v<state_of<Storage<>, detail::Elements<long double>>, StoredState<Storage<>, long double>>);
static_assert(std::is_same_v<state_of<Storage<float>, detail::Elements<long double>>, StoredState<Storage<float>>>);

namespace {

const Optimizer heavy{Momentum{.factor = 0.5}, LearningRate{.rate = 0.25}};

// Momentum by hand: arithmetic in T, with the velocity stored as Stored after every step.
template <class T, class Stored>
std::vector<T> by_hand(std::vector<T> theta, const std::vector<T>& gradient, int steps) {
  std::vector<Stored> velocity(theta.size(), Stored(T(0)));
  for (int t = 0; t < steps; ++t)
    for (std::size_t i = 0; i < theta.size(); ++i) {
      const T v = T(0.5) * static_cast<T>(velocity[i]) + gradient[i];  // halving is exact: nothing to contract
      velocity[i] = static_cast<Stored>(v);
      theta[i] += T(0.25) * v;
    }
  return theta;
}

template <class T, class Stored, class... Backend>
void check_by_hand(const Backend&... backend) {
  for (const std::size_t size : support::Sizes{0, 1, 2, 3, 7, 16, 37, 131, 1500}) {
    const auto start = support::parameters<T>(size);
    const auto gradient = support::gradient<T>(size);
    auto theta = start;
    auto state = heavy.init(theta, Storage<Stored>{});
    for (int t = 0; t < 5; ++t) heavy.ascend(theta, gradient, state, backend...);
    CHECK(same_bits(theta, by_hand<T, Stored>(start, gradient, 5)));
  }
}

template <class T, class Stored>
void check_everywhere() {
  check_by_hand<T, Stored>();
  check_by_hand<T, Stored>(backend::Serial{});
  check_by_hand<T, Stored>(backend::Xtensor{});
}

}  // namespace

TEST_SUITE_BEGIN("stored_state");

TEST_CASE("slots of another type match a recurrence written by hand, on every backend") {
  check_everywhere<double, float>();
  check_everywhere<float, double>();
  check_everywhere<float, Upper>();
  check_everywhere<double, Upper>();
}

TEST_CASE("storing slots in the element type is the same as the default") {
  auto x = support::parameters<double>(50), y = x;
  const auto gradient = support::gradient<double>(50);
  auto state = heavy.init(x);
  auto named = heavy.init(y, Storage<double>{});
  for (int t = 0; t < 3; ++t) heavy.ascend(x, gradient, state), heavy.ascend(y, gradient, named);
  CHECK(same_bits(x, y));
  CHECK(static_cast<const State&>(named) == state);
}

TEST_CASE("visit shows the slots in their stored type and can restore a run") {
  std::vector<float> x(40, 1.5f), y;
  const auto gradient = support::gradient<float>(40);
  auto state = heavy.init(x, Storage<Upper>{});
  heavy.ascend(x, gradient, state);
  y = x;
  auto other = heavy.init(y, Storage<Upper>{});
  std::map<std::string, std::vector<double>> clocks;
  std::vector<Upper> velocity;
  const auto save = [&](std::string_view leaf, std::string_view slot, auto values) {
    if constexpr (std::is_same_v<decltype(values), std::span<Upper>>) velocity.assign(values.begin(), values.end());
    else clocks[std::string(leaf) + "/" + std::string(slot)].assign(values.begin(), values.end());
  };
  state.visit(save);
  CHECK(velocity.size() == 40);
  CHECK(static_cast<float>(velocity[7]) == doctest::Approx(gradient[7]).epsilon(0.01));
  other.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    if constexpr (std::is_same_v<decltype(values), std::span<Upper>>) std::ranges::copy(velocity, values.begin());
    else std::ranges::copy(clocks.at(std::string(leaf) + "/" + std::string(slot)), values.begin());
  });
  other.step(state.step());
  CHECK(other == state);
  heavy.ascend(x, gradient, state), heavy.ascend(y, gradient, other);
  CHECK(same_bits(x, y));
}

TEST_CASE("a gradient may have the type given by the storage") {
  auto x = support::parameters<double>(1300), y = x;
  const auto narrow = support::gradient<float>(1300);
  const std::vector<double> wide(narrow.begin(), narrow.end());
  const Optimizer optimizer{ClipNorm{3}, Momentum{}, LearningRate{}};
  auto state = optimizer.init(x, Storage<void, float>{});
  auto plain = optimizer.init(y);
  auto bound = optimizer.bind(x, narrow, state);
  for (int t = 0; t < 3; ++t) {
    if (t == 0) bound.ascend();
    else optimizer.ascend(x, narrow, state);
    optimizer.ascend(y, wide, plain);
  }
  CHECK(same_bits(x, y));
  optimizer.ascend(x, wide, state), optimizer.ascend(y, wide, plain);  // the parameters' own type works as well
  CHECK(same_bits(x, y));

  std::vector<std::vector<double>> set{{1, 2}, {3}};
  auto of_set = optimizer.init(set, Storage<float, float>{});
  optimizer.descend(set, std::vector<std::vector<float>>{{1, 0}, {0}}, of_set);
  CHECK(set[0][0] == doctest::Approx(1 - 0.01));
  CHECK(set[1][0] == 3);
}

TEST_CASE("the driver takes a state with another slot type") {
  std::vector<double> x{3, -4};
  auto state = heavy.init(x, Storage<float>{});
  const auto result = minimize(
      [](const std::vector<double>& p, std::vector<double>& gradient) {
        gradient = p;
        return 0.5 * (p[0] * p[0] + p[1] * p[1]);
      },
      x, heavy, state, {.steps = 200});
  CHECK(result.steps == 200);
  CHECK(std::abs(x[0]) + std::abs(x[1]) < 1e-6);
}

TEST_CASE("passed as a plain State, such a state is refused by name, and nothing changes") {
  std::vector<double> x{1, 2};
  auto state = heavy.init(x, Storage<float>{});
  State& plain = state;
  const auto before = state;
  try {
    heavy.ascend(x, x, plain);
    FAIL_CHECK("not refused");
  } catch (const Refused& refused) {
    CHECK(std::string(refused.what()).find("keeps the slots of parameter as float") != std::string::npos);
  }
  CHECK(state == before);
  CHECK(x == std::vector<double>{1, 2});
  auto small = heavy.init(x, Storage<Upper>{});
  CHECK_THROWS_AS(static_cast<State&>(small).visit([](auto, auto, auto) {}), Refused);
}

TEST_SUITE_END();
