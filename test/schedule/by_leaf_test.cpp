// SPDX-License-Identifier: MIT
#include <gradus/schedule/by_leaf.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace gradus;
using support::same_bits;

namespace {

using Doubles = std::vector<double>;
using Map = std::map<std::string, Doubles>;

// One step of both leaves equals a step of each by an optimizer of its own.
template <class Both, class One, class Other>
void as_two(const Both& both, const One& one, const Other& other) {
  Map theta{{"one", support::parameters<double>(37)}, {"other", support::parameters<double>(1001)}};
  Doubles first = theta["one"], second = theta["other"];
  auto state = both.init(theta);
  auto of_first = one.init(first);
  auto of_second = other.init(second);
  for (std::uint64_t t = 0; t < 7; ++t) {
    const Map g{{"one", support::gradient<double>(37, t)}, {"other", support::gradient<double>(1001, t)}};
    both.ascend(theta, g, state);
    one.ascend(first, g.at("one"), of_first);
    other.ascend(second, g.at("other"), of_second);
  }
  CHECK(same_bits(theta["one"], first));
  CHECK(same_bits(theta["other"], second));
}

}  // namespace

TEST_SUITE_BEGIN("by leaf");

TEST_CASE("leaves can have their own rate and hyper-parameters of texts") {
  as_two(Optimizer{Momentum{}, by_leaf<&LearningRate::rate>({{"one", 0.5}, {"*", 0.25}})},
         Optimizer{Momentum{}, LearningRate{0.5}}, Optimizer{Momentum{}, LearningRate{0.25}});
  as_two(Optimizer{by_leaf<&Momentum::factor>({{"one", 0.5}}), LearningRate{0.1}},
         Optimizer{Momentum{0.5}, LearningRate{0.1}}, Optimizer{Momentum{}, LearningRate{0.1}});
  as_two(Optimizer{Momentum{}, LearningRate{0.1}, by_leaf<&Box::high>({{"other", 0.01}}, Box{-1, 1})},
         Optimizer{Momentum{}, LearningRate{0.1}, Box{-1, 1}}, Optimizer{Momentum{}, LearningRate{0.1}, Box{-1, 0.01}});
}

TEST_CASE("values by pattern or callable can change between steps, and are range-checked") {
  Optimizer optimizer{by_leaf<&Momentum::dampening>([of = 0.5](std::string_view) { return of; },
                                                    by_leaf<&Momentum::factor>({{"one", 0.5}})),
                      by_leaf<&LearningRate::rate>({{"one", 1}, {"other", 2}})};
  Map theta{{"one", {0}}, {"other", {0}}};
  const Map gradient{{"one", {1}}, {"other", {1}}};
  auto state = optimizer.init(theta);
  leaf_values<&LearningRate::rate>(optimizer).entries[1].value = 8;
  leaf_values<&Momentum::factor>(optimizer).entries[0].pattern = "other";
  leaf_values<&Momentum::factor>(optimizer).entries[0].value = 0.25;
  optimizer.ascend(theta, gradient, state);
  CHECK(theta == Map{{"one", {0.5}}, {"other", {4}}});
  optimizer.ascend(theta, gradient, state);
  CHECK(theta["other"][0] == 4 + 8 * (0.25 * 0.5 + 0.5));
  CHECK(leaf_values<&LearningRate::rate>(std::as_const(optimizer)).entries[1].value == 8);
  Optimizer both{by_leaf<&WeightDecay::rate>({{"one", 0.5}}, follow<&WeightDecay::rate>(Linear{0, 1, 2})),
                 LearningRate{1}};
  leaf_values<&WeightDecay::rate>(both).entries[0].value = 0.25;
  CHECK(both.policies().get<0>().value.entries[0].value == 0.25);
  leaf_values<&LearningRate::rate>(optimizer).entries[0].value = -1;
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, gradient, state), doctest::Contains("rate is -1"), Refused);
}

TEST_CASE("powers are kept of each leaf's own hyper-parameter") {
  as_two(Optimizer{CorrectedMomentum{}, by_leaf<&CorrectedAdaptive::beta>({{"one", 0.5}}), LearningRate{0.1}},
         Optimizer{CorrectedMomentum{}, CorrectedAdaptive{0.5}, LearningRate{0.1}},
         Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}});
}

TEST_CASE("leaves can have their own limit of the norm") {
  as_two(Optimizer{by_leaf<&ClipLeafNorm::norm>({{"other", 3}}), LearningRate{0.1}},
         Optimizer{ClipLeafNorm{}, LearningRate{0.1}}, Optimizer{ClipLeafNorm{3}, LearningRate{0.1}});
}

TEST_CASE("by_leaf works with iterated sums, around a condition, and behind AnyOptimizer") {
  std::vector<Doubles> theta{{3, 1}, {3, 1}};
  const Optimizer optimizer{by_leaf<&Box::high>({{"[1]", 0.75}}, Box{0, 9}), by_leaf<&Simplex::total>({{"[0]", 2}})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<Doubles>{{0, 0}, {0, 0}}, state);
  CHECK(theta == std::vector<Doubles>{{2, 0}, {0.5, 0.5}});

  as_two(Optimizer{by_leaf<&WeightDecay::rate>({{"one", 0.5}}, when(Every{2}, WeightDecay{0.1})), LearningRate{0.1}},
         Optimizer{when(Every{2}, WeightDecay{0.5}), LearningRate{0.1}},
         Optimizer{when(Every{2}, WeightDecay{0.1}), LearningRate{0.1}});
  AnyOptimizer<Doubles> any = Optimizer{by_leaf<&LearningRate::rate>({{"one", 0.5}}, LearningRate{0.25})};
  REQUIRE(any.find<LearningRate>() != nullptr);
  CHECK(any.find<LearningRate>()->rate == 0.25);
}

TEST_CASE("several hyper-parameters of a policy can differ by leaf, and the others follow a schedule") {
  as_two(Optimizer{by_leaf<&Adaptive::beta>({{"one", 0.5}}, by_leaf<&Adaptive::epsilon>({{"other", 0.25}})),
                   LearningRate{0.1}},
         Optimizer{Adaptive{.beta = 0.5}, LearningRate{0.1}}, Optimizer{Adaptive{.epsilon = 0.25}, LearningRate{0.1}});
  const auto slower = follow<&LearningRate::rate>(Linear{1, 0, 5});
  as_two(Optimizer{Momentum{}, by_leaf<&LearningRate::rate>({{"one", 0.125}}, slower)},
         Optimizer{Momentum{}, LearningRate{0.125}}, Optimizer{Momentum{}, slower});
  as_two(Optimizer{Momentum{}, by_leaf<&LearningRate::rate>({{"one", 0.5}}), Warmup{4}},
         Optimizer{Momentum{}, LearningRate{0.5}, Warmup{4}}, Optimizer{Momentum{}, LearningRate{}, Warmup{4}});
}

TEST_CASE("a callable can choose by shape and type: no decay for short leaves") {
  std::map<std::string, std::vector<float>> theta{{"bias", {1, 1}}, {"weight", {1, 1, 1}}};
  const Optimizer optimizer{by_leaf<&WeightDecay::rate>([](const LeafInfo& leaf) {
    CHECK(leaf.element == "float");
    return leaf.shape.size() == 1 && leaf.shape[0] == 2 ? 0.0 : 0.25;
  })};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::map<std::string, std::vector<float>>{{"bias", {0, 0}}, {"weight", {0, 0, 0}}}, state);
  CHECK(theta["bias"][0] == 1);
  CHECK(theta["weight"][0] == 0.75f);
}

TEST_CASE("the policy's own value is used for other leaves and reports, and get() accesses it") {
  Map theta{{"one", {0}}, {"other", {0}}};
  Optimizer optimizer{by_leaf<&LearningRate::rate>({{"one", 0.5}}, LearningRate{0.25})};
  auto state = optimizer.init(theta);
  double rate = 0;
  optimizer.ascend(theta, Map{{"one", {1}}, {"other", {1}}}, state, [&](const Report& r) { rate = r.rate; });
  CHECK(rate == 0.25);
  CHECK(optimizer.get<LearningRate>().rate == 0.25);
  optimizer.get<LearningRate>().rate = 4;
  optimizer.ascend(theta, Map{{"one", {1}}, {"other", {1}}}, state);
  CHECK(theta == Map{{"one", {1}}, {"other", {4.25}}});
}

TEST_CASE("by_leaf works in bound steps and behind AnyOptimizer") {
  Map theta{{"one", {0}}, {"other", {0}}}, g{{"one", {1}}, {"other", {1}}};
  const Optimizer optimizer{by_leaf<&LearningRate::rate>({{"one", 0.5}})};
  auto state = optimizer.init(theta);
  optimizer.bind(theta, g, state).ascend();
  CHECK(theta == Map{{"one", {0.5}}, {"other", {0.01}}});
  AnyOptimizer<Map> any = optimizer;
  any.ascend(theta, g, state);
  CHECK(theta == Map{{"one", {1}}, {"other", {0.02}}});
}

TEST_CASE("a number out of range is refused by name, in init and in a step, and nothing has changed") {
  double limit = -1;
  Map theta{{"one", {0}}, {"other", {0}}};
  const Optimizer optimizer{Momentum{}, by_leaf<&Clip::value>([&](std::string_view) { return limit; })};
  CHECK_THROWS_WITH_AS(optimizer.init(theta), doctest::Contains("Clip.value is -1: give a number above 0"), Refused);
  limit = 2;
  auto state = optimizer.init(theta);
  const Map g{{"one", {1}}, {"other", {1}}};
  optimizer.ascend(theta, g, state);
  limit = 0;
  const auto before = state;
  const auto was = theta;
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, g, state), doctest::Contains("Clip.value is 0"), Refused);
  CHECK(theta == was);
  CHECK(state == before);
}

TEST_CASE("explain prints the policy's own formula") {
  CHECK(explain(Optimizer{by_leaf<&LearningRate::rate>({{"one", 0.5}})}).find("u <- rate u") != std::string::npos);
}

TEST_SUITE_END();
