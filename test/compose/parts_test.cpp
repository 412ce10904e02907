// SPDX-License-Identifier: MIT
#include <gradus/compose/parts.hpp>

#include <gradus/backend/serial.hpp>
#include <gradus/backend/xtensor.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

using gradus::Split;
using gradus::backend::Serial;
using gradus::backend::Simd;
using gradus::backend::Xtensor;

namespace {

template <class... P>
using Whole = gradus::Composition<gradus::Pack<P...>>;

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
  using Expected = gradus::Pack<gradus::Clip, gradus::Momentum>;
  static_assert(std::same_as<Split<gradus::Clip, gradus::Momentum>::policies, Expected>);
  static_assert(std::same_as<Split<Serial, gradus::Clip, gradus::Momentum>::policies, Expected>);
  static_assert(std::same_as<Split<gradus::Clip, Serial, gradus::Momentum>::policies, Expected>);
  static_assert(std::same_as<Split<gradus::Clip, gradus::Momentum, Serial>::policies, Expected>);
  static_assert(std::same_as<Split<Serial>::policies, gradus::Pack<>>);
}

TEST_CASE("parts: the named backend is used, else the default") {
  static_assert(std::same_as<Split<>::backend, Simd>);
  static_assert(std::same_as<Split<gradus::Clip>::backend, Simd>);
  static_assert(std::same_as<Split<Serial, gradus::Clip>::backend, Serial>);
  static_assert(std::same_as<Split<gradus::Clip, Xtensor>::backend, Xtensor>);
  static_assert(std::same_as<gradus::pick_backend<Serial>, Serial>);
  static_assert(std::same_as<gradus::pick_backend<Serial, int, Xtensor>, Xtensor>);
}

TEST_CASE("parts: picking the policies keeps their hyper-parameters") {
  constexpr auto policies = Split<gradus::Clip, Serial, gradus::Clip>::pick({.value = 2}, Serial{}, {.value = 3});
  static_assert(policies.get<0>().value == 2);
  static_assert(policies.get<1>().value == 3);
}

TEST_CASE("parts: a composition's name lists its policies as the type does") {
  CHECK(Whole<>::name == "");
  CHECK(Whole<gradus::Momentum>::name == "gradus::Momentum");
  CHECK(Whole<gradus::Clip, gradus::Momentum, gradus::Clip>::name == "gradus::Clip, gradus::Momentum, gradus::Clip");
  CHECK(Whole<gradus::Clip, gradus::Momentum>::name != Whole<gradus::Momentum, gradus::Clip>::name);
}

TEST_CASE("parts: a composition has the slots of all its policies, in order") {
  using Moments = Whole<gradus::Clip, gradus::Momentum, gradus::Adaptive, gradus::LearningRate, gradus::Momentum>;
  std::vector<std::string> names;
  for (std::size_t s = 0; s < Moments::layout::slots; ++s) names.emplace_back(Moments::slots[s].name);
  CHECK(names == std::vector<std::string>{"velocity", "second", "velocity 2"});
  static_assert(Whole<gradus::Clip>::layout::slots == 0);
}

TEST_CASE("parts: finds the index of a policy, also of a repeated one") {
  using Both = Whole<gradus::Clip, gradus::Momentum, gradus::Clip>;
  static_assert(Both::index<gradus::Clip>(0) == 0);
  static_assert(Both::index<gradus::Momentum>(0) == 1);
  static_assert(Both::index<gradus::Clip>(1) == 2);
  static_assert(Both::index<gradus::Clip>(2) == 3);      // there is no third Clip
  static_assert(Both::index<gradus::Momentum>(1) == 3);  // and no second Momentum
  static_assert(Both::index<gradus::Adaptive>(0) == 3);
  static_assert(Whole<>::index<gradus::Clip>(0) == 0);
}

TEST_CASE("parts: tells whether a composition inspects the gradient before its pass") {
  static_assert(Whole<gradus::ClipNorm, gradus::Momentum>::looks_first);
  static_assert(!Whole<gradus::Clip, gradus::Momentum>::looks_first);
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
  check(gradus::pick_observer(see), 2);
  check(gradus::pick_observer(Serial{}, see), 3);
  check(gradus::pick_observer(see, Serial{}), 4);
}

TEST_CASE("parts: an observer's own wants() is used") {
  std::vector<std::int64_t> seen;
  const auto observer = gradus::pick_observer(Serial{}, EveryThird{&seen});
  static_assert(std::same_as<std::remove_const_t<decltype(observer)>, EveryThird>);
  CHECK(!observer.wants(2));
  CHECK(observer.wants(3));
  observer.report({.step = 3});
  CHECK(seen == std::vector<std::int64_t>{3});
}

TEST_CASE("parts: without an observer, no report is wanted") {
  CHECK(!gradus::pick_observer().wants(1));
  static_assert(std::same_as<decltype(gradus::pick_observer(Serial{})), gradus::NoObserver>);
}
