// SPDX-License-Identifier: MIT
#include <gradus/compose/parts.hpp>

#include <gradus/backend/serial.hpp>
#include <gradus/backend/xtensor.hpp>
#include <gradus/optimizer.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <vector>

using gradus::backend::Serial;
using gradus::backend::Simd;
using gradus::backend::Xtensor;
using gradus::detail::Split;

namespace {

/// An observer of its own steps.
struct EveryThird {
  std::vector<std::int64_t>* seen;
  bool wants(std::int64_t step) const { return step % 3 == 0; }
  void report(const gradus::Report& report) const { seen->push_back(report.step); }
};

}  // namespace

TEST_CASE("parts: the Backend concept tells backends from policies") {
  static_assert(gradus::Backend<Simd> && gradus::Backend<Serial> && gradus::Backend<Xtensor>);
  static_assert(!gradus::Backend<gradus::Momentum> && !gradus::Backend<int>);
  static_assert(!gradus::Policy<Serial>);
}

TEST_CASE("parts: policies keep their order wherever the backend stands") {
  using Expected = gradus::detail::Pack<gradus::Clip, gradus::Momentum>;
  static_assert(std::same_as<Split<gradus::Clip, gradus::Momentum>::policies, Expected>);
  static_assert(std::same_as<Split<Serial, gradus::Clip, gradus::Momentum>::policies, Expected>);
  static_assert(std::same_as<Split<gradus::Clip, Serial, gradus::Momentum>::policies, Expected>);
  static_assert(std::same_as<Split<gradus::Clip, gradus::Momentum, Serial>::policies, Expected>);
  static_assert(std::same_as<Split<Serial>::policies, gradus::detail::Pack<>>);
}

TEST_CASE("parts: the named backend is used, else the default") {
  static_assert(std::same_as<Split<>::backend, Simd>);
  static_assert(std::same_as<Split<gradus::Clip>::backend, Simd>);
  static_assert(std::same_as<Split<Serial, gradus::Clip>::backend, Serial>);
  static_assert(std::same_as<Split<gradus::Clip, Xtensor>::backend, Xtensor>);
  static_assert(std::same_as<gradus::detail::pick_backend<Serial>, Serial>);
  static_assert(std::same_as<gradus::detail::pick_backend<Serial, int, Xtensor>, Xtensor>);
}

TEST_CASE("parts: picking the policies keeps their hyper-parameters") {
  constexpr auto policies = Split<gradus::Clip, Serial, gradus::Clip>::pick({.value = 2}, Serial{}, {.value = 3});
  static_assert(policies.get<0>().value == 2);
  static_assert(policies.get<1>().value == 3);
}

TEST_CASE("parts: a callable observes every step, wherever it stands") {
  double seen = 0;
  const auto see = [&](const gradus::Report& report) { seen = report.rate; };
  const auto check = [&](const auto& observer, double rate) {
    CHECK(observer.wants(1));
    CHECK(observer.wants(1000));
    observer.report(gradus::Report{.rate = rate});
    CHECK(seen == rate);
  };
  check(gradus::detail::pick_observer(see), 2);
  check(gradus::detail::pick_observer(Serial{}, see), 3);
  check(gradus::detail::pick_observer(see, Serial{}), 4);
}

TEST_CASE("parts: an observer's own wants() is used") {
  std::vector<std::int64_t> seen;
  const auto observer = gradus::detail::pick_observer(Serial{}, EveryThird{&seen});
  static_assert(std::same_as<std::remove_const_t<decltype(observer)>, EveryThird>);
  CHECK(!observer.wants(2));
  CHECK(observer.wants(3));
  observer.report({.step = 3});
  CHECK(seen == std::vector<std::int64_t>{3});
}

TEST_CASE("parts: without an observer, no report is wanted") {
  CHECK(!gradus::detail::pick_observer().wants(1));
  static_assert(std::same_as<decltype(gradus::detail::pick_observer(Serial{})), gradus::detail::NoObserver>);
}

TEST_CASE("parts: an observer with wants and report is used itself, not a copy") {
  struct Counting {
    int seen = 0;
    Counting() = default;
    Counting(const Counting&) = delete;
    bool wants(std::int64_t) const { return true; }
    void report(const gradus::Report&) const { ++const_cast<int&>(seen); }
  };
  Counting counting;
  const Serial serial;
  CHECK(&gradus::detail::pick_observer(serial, counting) == &counting);
  std::vector<double> x{1};
  const gradus::Optimizer optimizer{gradus::LearningRate{0.5}};
  auto state = optimizer.init(x);
  optimizer.descend(x, x, state, counting), optimizer.descend(x, x, state, counting);
  CHECK(counting.seen == 2);
}
