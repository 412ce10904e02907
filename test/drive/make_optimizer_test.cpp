// SPDX-License-Identifier: MIT
#include <gradus/drive/make_optimizer.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string_view>
#include <vector>

using namespace gradus;

namespace elsewhere {

/// A policy of a user's own namespace.
struct Halve {
  double half = 0.5;
  static constexpr auto limits = Limits{Limit{"half", &Halve::half, Range::positive}};
  constexpr double rate_at(const Step&) const { return half; }
};

}  // namespace elsewhere

namespace {

using Doubles = std::vector<double>;
using Any = AnyOptimizer<Doubles>;

constexpr double no_bound = std::numeric_limits<double>::infinity();

using Usual = Choices<Maybe<Clip>, Maybe<Momentum, Maybe<Nesterov>>, Adaptive, LearningRate, Maybe<Warmup>>;
using Climb = Choices<Maybe<Accumulate>, Maybe<AggregatedMomentum<2>>, LearningRate, Maybe<Box>>;

Any made(std::string_view text) { return make_optimizer<Any, Usual, Climb>(text); }

// Both take the same steps, uphill and down.
void alike(const Any& some, const Any& other) {
  CHECK(some.name() == other.name());
  Doubles theta = support::parameters<double>(37), twin = theta;
  auto state = some.init(theta), twin_state = other.init(twin);
  for (std::uint64_t step = 0; step < 5; ++step) {
    const Doubles g = support::gradient<double>(37, step);
    some.ascend(theta, g, state), other.ascend(twin, g, twin_state);
    some.descend(theta, g, state), other.descend(twin, g, twin_state);
  }
  CHECK(support::same_bits(theta, twin));
  CHECK(state == twin_state);
}

void refused(const char* text, const char* sentence) {
  INFO(text);
  CHECK_THROWS_WITH_AS(made(text), sentence, Refused);
}

}  // namespace

TEST_SUITE_BEGIN("make optimizer");

TEST_CASE("make_optimizer builds the optimizer that C++ code would spell") {
  alike(made(R"(["Adaptive", "LearningRate"])"), Optimizer<Adaptive, LearningRate>{});
  alike(made(R"(["Clip", {"Momentum": {"factor": 0.5, "dampening": 0.25}}, "Nesterov", {"Adaptive": {"epsilon": 1e-6}},
                 {"LearningRate": {"rate": 1}}, {"Warmup": {"steps": 4}}])"),
        Optimizer{Clip{}, Momentum{0.5, 0.25}, Nesterov{}, Adaptive{.epsilon = 1e-6}, LearningRate{1}, Warmup{4}});
  alike(
      made(
          R"([{"AggregatedMomentum": {"factors": [0.5, 0.25]}}, "LearningRate", {"Box": {"low": "-inf", "high": "inf"}}])"),
      Optimizer{AggregatedMomentum<2>{{0.5, 0.25}}, LearningRate{}, Box{-no_bound, no_bound}});
}

TEST_CASE("a whole number may be written as a decimal one") {
  alike(made(R"(["Adaptive", "LearningRate", {"Warmup": {"steps": 1e3}}])"),
        made(R"(["Adaptive", "LearningRate", {"Warmup": {"steps": 1000}}])"));
}

TEST_CASE("a policy of another namespace is read and checked like the library's") {
  using Own = Choices<elsewhere::Halve>;
  alike(make_optimizer<Any, Own>(R"([{"elsewhere::Halve": {"half": 0.25}}])"), Optimizer{elsewhere::Halve{0.25}});
  CHECK_THROWS_WITH_AS((make_optimizer<Any, Own>(R"([{"elsewhere::Halve": {"half": 0}}])")),
                       doctest::Contains("half is 0"), Refused);
}

TEST_CASE("already parsed JSON is accepted") {
  alike(make_optimizer<Any, Climb>(nlohmann::json{{{"LearningRate", {{"rate", 0.5}}}}}), Optimizer{LearningRate{0.5}});
}

TEST_CASE("malformed JSON and duplicate keys are refused") {
  CHECK_THROWS_WITH_AS(made("[\"Clip\""), doctest::Contains("gradus: the text is no JSON: "), Refused);
  CHECK_THROWS_WITH_AS(made(R"([{"LearningRate": {"rate": 1e999}}])"), doctest::Contains("no JSON: "), Refused);
  refused(R"([{"LearningRate": {"rate": 1, "rate": 2}}])",
          "gradus: the text has \"rate\" twice in an object; leave one out");
}

TEST_CASE("JSON of the wrong structure is refused") {
  refused("{}", "gradus: at the top: {} is of type object; give an array of policies");
  refused(R"(["LearningRate", 3])",
          "gradus: at /1: 3 is of type number; give a policy's name, or {name: {hyper-parameter: value, ...}}");
  refused(R"([{"LearningRate": 3}])",
          "gradus: at /0/LearningRate: 3 is of type number; give a policy's name, or "
          "{name: {hyper-parameter: value, ...}}");
}

TEST_CASE("unknown names, with the nearest") {
  refused(R"(["Adaptive", "LerningRate"])",
          "gradus: at /1: there is no policy LerningRate in this program; did you mean LearningRate?");
  refused(R"(["Adaptive", {"LearningRate": {"raet": 1}}])",
          "gradus: at /1/LearningRate: LearningRate has no raet that a text sets; did you mean rate?");
  refused(R"(["Momentum", {"Nesterov": {"factor": 1}}, "Adaptive", "LearningRate"])",
          "gradus: at /1/Nesterov: Nesterov has no factor that a text sets");
}

TEST_CASE("values of the wrong type are refused") {
  refused(R"(["Adaptive", {"LearningRate": {"rate": "fast"}}])",
          "gradus: at /1/LearningRate/rate: \"fast\" is of type string; give a number, or \"inf\"");
  refused(R"(["Adaptive", "LearningRate", {"Warmup": {"steps": 1.5}}])",
          "gradus: at /2/Warmup/steps: 1.5 is of type number; give an integer");
  refused(
      R"(["Adaptive", "LearningRate", {"Warmup": {"steps": 9223372036854775808}}])",
      "gradus: at /2/Warmup/steps: 9223372036854775808 is out of range; give an integer from -9223372036854775808 to "
      "9223372036854775807");
  refused(R"([{"AggregatedMomentum": {"factors": [0.5]}}, "LearningRate"])",
          "gradus: at /0/AggregatedMomentum/factors: [0.5] is of type array; give an array of 2 numbers");
  refused(R"([{"AggregatedMomentum": {"factors": [0.5, true]}}, "LearningRate"])",
          "gradus: at /0/AggregatedMomentum/factors/1: true is of type boolean; give a number, or \"inf\"");
}

TEST_CASE("values out of range are refused") {
  refused(R"([{"Momentum": {"factor": 1.5}}, "Adaptive", "LearningRate"])",
          "gradus: at /0/Momentum/factor: Momentum.factor is 1.5: give a number in [0, 1)");
  refused(R"(["Adaptive", {"LearningRate": {"rate": "inf"}}])",
          "gradus: at /1/LearningRate/rate: LearningRate.rate is inf: give a finite number of at least 0");
}

TEST_CASE("a composition that is not among the program's is refused") {
  refused(R"(["LearningRate", "Adaptive"])",
          "gradus: at the top: these policies in this order are not in the program, which has [Clip] [Momentum "
          "[Nesterov]] Adaptive LearningRate [Warmup], or [Accumulate] [AggregatedMomentum] "
          "LearningRate [Box]");
}

TEST_CASE("an entry is one policy, and its values an object") {
  const auto entry = [](const char* text) {
    INFO(text);
    CHECK_THROWS_WITH_AS(made(text), doctest::Contains("; give a policy's name, or {name: {"), Refused);
  };
  entry(R"([[{"rate": 1}], "LearningRate"])");
  entry(R"(["Adaptive", {"LearningRate": {"rate": 1}, "Warmup": {"steps": 4}}])");
  entry(R"(["Adaptive", {}])");
  refused(R"([{"AggregatedMomentum": {"factors": {"a": 0.5, "b": 0.25}}}, "LearningRate"])",
          "gradus: at /0/AggregatedMomentum/factors: {\"a\":0.5,\"b\":0.25} is of type object; give an array of "
          "2 numbers");
  refused(R"(["Adaptive", "LearningRate", {"Warmup": {"steps": 1e300}}])",
          "gradus: at /2/Warmup/steps: 1e+300 is of type number; give an integer");
}

TEST_CASE("two values that do not go together are refused where they stand") {
  CHECK_THROWS_WITH_AS(made(R"(["LearningRate", {"Box": {"low": 2, "high": 1}}])"), doctest::Contains("at /1/Box"),
                       Refused);
}

TEST_SUITE_END();
