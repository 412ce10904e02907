// SPDX-License-Identifier: MIT
#include <gradus/core/value.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace gradus;

namespace {

/// Multiplies by the value, signed for ascent.
struct ByValue {
  static constexpr bool asks_value = true;
  static constexpr Name scalars[]{"value"};
  constexpr std::array<double, 1> at(const Step& step) const { return {step.uphill(step.value)}; }
  static constexpr void apply(Record& r, Lane value) { r.update = r.update * value; }
};

}  // namespace

TEST_SUITE_BEGIN("value");

TEST_CASE("the objective's value reaches the policies that ask for it, signed for ascent") {
  const Optimizer<ByValue> optimizer;
  double theta = 1;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state, Value{3});
  CHECK(theta == 7);
  optimizer.descend(theta, 2.0, state, Value{3});
  CHECK(theta == 13);
  double g = 1;
  auto bound = optimizer.bind(theta, g, state);
  bound.ascend(Value{5});
  CHECK(theta == 18);
  bound.descend(Value{5});
  CHECK(theta == 23);
  CHECK_THROWS_AS(bound.ascend(Value{NAN}), Refused);
  CHECK(theta == 23);
}

TEST_CASE("the value may be passed beside a backend and an observer, in any order") {
  const Optimizer<ByValue> optimizer;
  double theta = 1;
  int seen = 0;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state, backend::Serial{}, Value{3}, [&](const Report&) { ++seen; });
  optimizer.ascend(theta, 2.0, state, [&](const Report&) { ++seen; }, Value{1});
  CHECK(theta == 9);
  CHECK(seen == 2);
}

TEST_CASE("a non-finite value refuses the step before anything has changed") {
  const Optimizer<ByValue> optimizer;
  double theta = 1;
  auto state = optimizer.init(theta);
  const auto before = state;
  for (const double bad : {double{NAN}, double{HUGE_VAL}})
    CHECK_THROWS_WITH_AS(optimizer.ascend(theta, 2.0, state, Value{bad}),
                         doctest::Contains(("the objective's value is " + gradus::detail::text(bad)).c_str()), Refused);
  CHECK(theta == 1);
  CHECK((state == before));
}

TEST_CASE("the driver passes the value on") {
  double theta = 1;
  const Optimizer<ByValue> optimizer;
  maximize(objective([](double x) { return 4 * x; }, [](double) { return 0.5; }), theta, optimizer, {.steps = 2});
  CHECK(theta == 1 + 0.5 * 4 + 0.5 * 12);
}

TEST_CASE("a composition that does not ask for the value accepts any") {
  const Optimizer<LearningRate> optimizer{LearningRate{0.5}};
  double theta = 1;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state, Value{NAN});
  CHECK(theta == 2);
}

TEST_CASE("a policy that reads the value without asking for it shows") {
  struct Unasked {
    static constexpr double rate_at(const Step& step) { return step.value; }
  };
  double x = 1;
  const Optimizer optimizer{Unasked{}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, 1.0, state);
  CHECK(std::isnan(x));
}

TEST_SUITE_END();
