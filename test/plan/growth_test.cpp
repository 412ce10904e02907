// SPDX-License-Identifier: MIT
#include <gradus/plan/growth.hpp>

#include "oracle/seed_policies.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace gradus;

namespace {

// A velocity that is fed back twice, without consent to growth.
struct Twice {
  double factor = 0.9;
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"factor"};
  constexpr std::array<double, 1> at(const Step&) const { return {factor}; }
  static constexpr void apply(Record& r, Lane& velocity, Lane factor) {
    r.update = velocity = factor * velocity + (r.update + factor * velocity);
  }
};

// The same, but the compiler cannot know its factor.
struct TwiceAtRunTime : Twice {
  std::array<double, 1> at(const Step&) const { return {factor}; }
};

// Its functions of p are not finite at p = 0.
struct Shifted {
  static constexpr void apply(Record& r) {
    r.update = exp(r.parameter + r.parameter.number(1000)) + log(r.parameter - r.parameter.number(1)) +
               sqrt(r.parameter - r.parameter.number(1));
  }
};

template <class Make>
concept Constant = requires { typename std::bool_constant<(static_cast<void>(Make{}()), true)>; };
template <class Make>
constexpr bool is_constant(Make) {
  return Constant<Make>;
}

}  // namespace

TEST_SUITE_BEGIN("growth");

TEST_CASE("a composition that grows at zero gradient is refused with its growth, whatever else is in it") {
  constexpr auto sentence =
      "gradus: this composition grows by 1.8 a step where the gradient is 0; lower a momentum's factor, or a rate "
      "times its weight decay. A policy of your own may say where what it keeps ends, by late(), or that it is meant "
      "to "
      "grow, by `static constexpr bool grows = true`";
  CHECK_THROWS_WITH_AS(Optimizer{Twice{}}, sentence, Refused);
  CHECK_THROWS_WITH_AS((Optimizer{Clip{}, Twice{}, Adaptive{}, LearningRate{}}), sentence, Refused);
  CHECK_NOTHROW(Optimizer{Twice{0.5}});
}

TEST_CASE("a constant that grows or has a value out of range does not compile") {
  CHECK(is_constant([] { return Optimizer{Twice{0.5}}; }));
  CHECK_FALSE(is_constant([] { return Optimizer{Twice{}}; }));
  CHECK(is_constant([] { return Optimizer{Momentum{}, LearningRate{}, WeightDecay{1.5}}; }));
  CHECK_FALSE(is_constant([] { return Optimizer{Momentum{}, LearningRate{}, WeightDecay{3}}; }));
  CHECK_FALSE(is_constant([] { return Optimizer{LearningRate{-1}}; }));
}

TEST_CASE("a constexpr optimizer may have a norm of nothing, many velocities, and roots and powers of unknowns") {
  CHECK(is_constant([] { return Optimizer{LearningRate{0.1}, ExponentiatedGradient{}}; }));
#ifdef __clang__  // Clang counts the steps of a constant expression and allows a million
  constexpr std::size_t many = 4;
#else
  constexpr std::size_t many = 8;
#endif
  CHECK(is_constant([] { return Optimizer{WeightDecay{1e-4}, AggregatedMomentum<many>{}, LearningRate{0.1}}; }));
  CHECK(is_constant([] { return Optimizer{LearningRate{0.1}, InverseTime{1e-6, 0.75}}; }));
  CHECK(is_constant([] { return Optimizer{Shifted{}}; }));
}

TEST_CASE("init refuses a composition that grows if this was not known when it was made") {
  constexpr Optimizer constant{TwiceAtRunTime{}};
  double p = 1;
  CHECK_THROWS_AS(static_cast<void>(constant.init(p)), Refused);
  Optimizer changed{Twice{0.5}};
  changed.get<Twice>().factor = 0.6;
  CHECK_THROWS_AS(static_cast<void>(changed.init(p)), Refused);
}

TEST_CASE("the growth of periodic policies is measured over a whole period") {
  const auto grows = [](const char* by, auto make) {
    std::string sentence;
    try {
      make();
    } catch (const Refused& error) {
      sentence = error.what();
    }
    CHECK(sentence.starts_with("gradus: this composition grows by " + std::string(by) + " a step"));
  };
  grows("1.587401052", [] { return Optimizer{when(Every{3}, WeightDecay{5}), LearningRate{1}}; });  // cbrt(4)
  grows("1.903943276",
        [] { return Optimizer{WeightDecay{3.5}, LearningRate{1}, Lookahead{2, 0.5}}; });  // sqrt(7.25 / 2)
  grows("2", [] { return Optimizer{masked(WeightDecay{3}), LearningRate{1}}; });
  CHECK_THROWS_AS((Optimizer{WeightDecay{30}, ScheduledMomentum{}, LearningRate{1}}), Refused);
  CHECK_NOTHROW((Optimizer{when(Every{3}, WeightDecay{1.9}), LearningRate{1}, Lookahead{2, 0.5}}));
  CHECK_NOTHROW((Optimizer{when(Every{5000}, WeightDecay{0.1}), ScheduledMomentum{}, LearningRate{1}}));
}

TEST_CASE("periods are followed up to 1024 steps, also the common one of several policies") {
  const auto build = [](auto... every) {
    return Optimizer{when(every, WeightDecay{5})..., LearningRate{1}};  // grows fourfold where it decays
  };
  CHECK_THROWS_AS(build(Every{1024}), Refused);
  CHECK_NOTHROW(build(Every{1025}));
  CHECK_THROWS_AS(build(Every{11}, Every{93}), Refused);  // 1023
  CHECK_NOTHROW(build(Every{30}, Every{37}));             // 1110: their period is not followed
  CHECK_NOTHROW(build(Every{1025}, Every{3}));            // nor is it known
}

TEST_CASE("a policy may consent to growth") { CHECK_NOTHROW((Optimizer{oracle::SeedNesterov{}, LearningRate{}})); }

TEST_CASE("a decay that flips the sign of the parameters also counts as growth") {
  CHECK_THROWS_AS((Optimizer{WeightDecay{3}}), Refused);
  CHECK_NOTHROW((Optimizer{WeightDecay{1.5}}));
}

TEST_SUITE_END();
