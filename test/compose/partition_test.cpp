// SPDX-License-Identifier: MIT
#include <gradus/compose/partition.hpp>

#include <gradus/backend/serial.hpp>
#include <gradus/optimizer.hpp>

#include "support/lazy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("partition");

namespace {

using Row = std::vector<double>;

struct Model {
  Row table, weight, bias;
};

const Model model{{3, -1, 2}, {1, -2}, {0.5}};
const Model uphill_of_model{{4, -3, 12}, {-1, 2}, {0.25}};

/// Momentum for the table and Adam for the rest behind one clip, written out by hand.
class ByHand {
 public:
  ByHand(Row table, Row rest) : table_(std::move(table)), rest_(std::move(rest)) {}

  void descend(const Row& table, const Row& rest, double largest, double lr, double adam) {
    double squares = 0;
    for (const double g : table) squares += g * g;
    for (const double g : rest) squares += g * g;
    const double factor = std::min(1.0, largest / std::sqrt(squares));
    ++t_;
    for (std::size_t i = 0; i < table.size(); ++i) {
      v_[i] = 0.9 * v_[i] - factor * table[i];
      table_[i] += lr * v_[i];
    }
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const double g = -factor * rest[i];
      m_[i] = 0.9 * m_[i] + 0.1 * g;
      s_[i] = 0.999 * s_[i] + 0.001 * g * g;
      rest_[i] += adam * m_[i] / (1 - std::pow(0.9, t_)) / (std::sqrt(s_[i] / (1 - std::pow(0.999, t_))) + 1e-8);
    }
  }
  const Row& table() const { return table_; }
  const Row& rest() const { return rest_; }

 private:
  Row table_, rest_;
  Row v_ = Row(8), m_ = Row(8), s_ = Row(8);
  int t_ = 0;
};

auto clipped_parts() {
  return Partition{ClipNorm{2}, for_leaves(Named{"table"}, Momentum{0.9}, LearningRate{0.05}),
                   for_others(recipe::adam({.lr = 0.1}))};
}

/// A rate of 1 that needs a gradient for all leaves or none.
struct TogetherOnly {
  static constexpr bool every_leaf = true;
  static constexpr double rate_at(const Step&) { return 1; }
};

template <class S>
std::vector<std::string> names_in(const S& state) {
  std::vector<std::string> names;
  state.visit([&](std::string_view leaf, std::string_view slot, auto) {
    names.push_back(std::string(leaf) + "." + std::string(slot));
  });
  return names;
}

// An optimizer of the whole set and a partition of it take the same steps.
template <class Whole, class Parts>
void step_alike(const Whole& whole, const Parts& parts) {
  Model theta = model, same = model;
  auto of_whole = whole.init(theta);
  auto of_parts = parts.init(same);
  for (int t = 0; t < 6; ++t) {
    whole.ascend(theta, uphill_of_model, of_whole);
    parts.ascend(same, uphill_of_model, of_parts);
  }
  CHECK(theta.table == same.table);
  CHECK(theta.weight == same.weight);
  CHECK(theta.bias == same.bias);
}

}  // namespace

TEST_CASE("two compositions behind one norm of all leaves step as their formulas say") {
  Model theta = model;
  const auto optimizer = clipped_parts();
  auto state = optimizer.init(theta);
  ByHand reference(model.table, {1, -2, 0.5});
  for (int t = 1; t <= 20; ++t) {
    const double x = 1.0 / t;
    const Model gradient{{4 * x, -3, 12 * x}, {-x, 2}, {0.25}};
    optimizer.descend(theta, gradient, state);
    reference.descend(gradient.table, {-x, 2, 0.25}, 2, 0.05, 0.1);
  }
  for (std::size_t i = 0; i < 3; ++i) CHECK(theta.table[i] == doctest::Approx(reference.table()[i]).epsilon(1e-13));
  CHECK(theta.weight[0] == doctest::Approx(reference.rest()[0]).epsilon(1e-13));
  CHECK(theta.weight[1] == doctest::Approx(reference.rest()[1]).epsilon(1e-13));
  CHECK(theta.bias[0] == doctest::Approx(reference.rest()[2]).epsilon(1e-13));
  CHECK(state.step() == 20);
  CHECK(names_in(state) == std::vector<std::string>{".clock", ".skipped", ".clock of part 0", "table.velocity",
                                                    "table.clock", ".clock of part 1", "weight.velocity",
                                                    "weight.second", "weight.clock", "bias.velocity", "bias.second",
                                                    "bias.clock"});
}

TEST_CASE_TEMPLATE("a single part with all leaves has the bits of the plain optimizer", By, backend::Simd,
                   backend::Serial) {
  using Set = std::tuple<std::vector<float>, std::vector<double>, std::vector<float>>;
  Set theta, gradient;
  const auto fill = [](auto& x, std::size_t size, double by) {
    for (std::size_t i = 0; i < size; ++i) x.push_back(static_cast<decltype(x[0] + 0)>(by * std::sin(1.0 + double(i))));
  };
  std::apply([&](auto&... x) { (fill(x, 37, 1.0), ...); }, theta);
  std::apply([&](auto&... x) { (fill(x, 37, 5.0), ...); }, gradient);
  Set same = theta;
  const Optimizer whole{ClipNorm{3}, recipe::adam({.lr = 0.1}), WeightDecay{0.1}};
  const Partition parts{ClipNorm{3}, for_others(recipe::adam({.lr = 0.1}), WeightDecay{0.1})};
  auto of_whole = whole.init(theta);
  auto of_parts = parts.init(same);
  for (int t = 0; t < 5; ++t) {
    whole.ascend(theta, gradient, of_whole, By{});
    parts.ascend(same, gradient, of_parts, By{});
  }
  CHECK(theta == same);
  CHECK(std::ranges::equal(of_parts.template slot<double>("velocity", "[1]"),
                           of_whole.template slot<double>("velocity", "[1]")));
}

TEST_CASE("leaves in no part have no slots, are not asked for gradients, and are left out of norms") {
  Model theta = model;
  Partition optimizer{ClipNorm{1}, for_leaves(Named{"weight"}, LearningRate{1})};
  auto state = optimizer.init(theta);
  std::vector<std::string> asked;
  const auto yield = [&](std::string_view leaf, const auto&) -> const Row& {
    asked.emplace_back(leaf);
    return uphill_of_model.weight;
  };
  optimizer.ascend(theta, yield, state);
  CHECK(asked == std::vector<std::string>{"weight"});
  CHECK(theta.table == model.table);
  CHECK(theta.bias == model.bias);
  CHECK(theta.weight[0] == doctest::Approx(1 - 1 / std::sqrt(5.0)));
  CHECK(names_in(state) == std::vector<std::string>{".clock", ".skipped", ".clock of part 0", "weight.clock"});
}

TEST_CASE("a leaf belongs to the first part that matches it") {
  Model theta = model;
  const Partition optimizer{for_leaves(Named{"*t*"}, LearningRate{1}),
                            for_leaves([](const LeafInfo& leaf) { return leaf.shape[0] < 3; }, LearningRate{2})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, uphill_of_model, state);
  CHECK(theta.table == Row{7, -4, 14});
  CHECK(theta.weight == Row{0, 0});
  CHECK(theta.bias == Row{1});
}

TEST_CASE("a gradient that reads other leaves reads them as they were before the step") {
  std::pair<Row, Row> theta{{1, 2}, {3, 4}};
  const auto gradient = std::pair(lazy::anywhere<double>(2, [&](std::size_t i) { return theta.second[i]; }),
                                  lazy::anywhere<double>(2, [&](std::size_t i) { return theta.first[i]; }));
  const Partition optimizer{for_leaves(Named{"[0]"}, LearningRate{1}), for_others(LearningRate{1})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  CHECK(theta.first == Row{4, 6});
  CHECK(theta.second == Row{4, 6});
}

TEST_CASE("a gradient that is an expression is evaluated once, though a norm looks at it first") {
  Row theta{1, 2};
  const auto gradient = lazy::elementwise<double>(2, [](std::size_t i) { return 3.0 + static_cast<double>(i); });
  const Partition optimizer{ClipNorm{1}, for_others(LearningRate{1})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  CHECK(gradient.evaluated == 2);
  CHECK(theta[0] == doctest::Approx(1.6));
}

TEST_CASE("a guard in front of the parts looks at all leaves before any changes") {
  Model theta = model, bad = uphill_of_model;
  bad.bias[0] = std::numeric_limits<double>::quiet_NaN();
  SUBCASE("it refuses") {
    const Partition optimizer{RefuseNonFinite{}, for_leaves(Named{"table"}, Momentum{}, LearningRate{1}),
                              for_others(LearningRate{1})};
    auto state = optimizer.init(theta);
    const auto before = state;
    CHECK_THROWS_WITH_AS(optimizer.ascend(theta, bad, state), doctest::Contains("the gradient of bias is nan"),
                         Refused);
    CHECK(state == before);
  }
  SUBCASE("it skips") {
    const Partition optimizer{SkipNonFinite{}, for_leaves(Named{"table"}, Momentum{}, LearningRate{1}),
                              for_others(LearningRate{1})};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, bad, state);
    CHECK(state.step() == 0);
    CHECK(state.skipped() == 1);
    CHECK(std::ranges::count(state.slot<double>("velocity", "table"), 0.0) == 3);
    optimizer.ascend(theta, uphill_of_model, state);
    CHECK(state.step() == 1);
    CHECK(theta.bias == Row{0.75});
    theta.table = model.table, theta.weight = model.weight, theta.bias = model.bias;
  }
  CHECK(theta.table == model.table);
  CHECK(theta.weight == model.weight);
}

TEST_CASE("a refusal by any part comes before another part has stepped") {
  Model theta = model;
  SUBCASE("a missing gradient where all are needed") {
    std::map<std::string, Row> set{{"a", {1}}, {"b", {1}}};
    const Partition by_name{for_leaves(Named{"a"}, LearningRate{1}), for_others(TogetherOnly{})};
    auto of_set = by_name.init(set);
    CHECK_THROWS_WITH_AS(by_name.ascend(set, std::map<std::string, Row>{{"a", {1}}}, of_set),
                         doctest::Contains("b has no gradient"), Refused);
    CHECK(set["a"] == Row{1});
  }
  SUBCASE("a hyper-parameter out of range") {
    Partition optimizer{for_leaves(Named{"table"}, LearningRate{1}), for_others(Momentum{}, LearningRate{1})};
    auto state = optimizer.init(theta);
    optimizer.part<1>().get<Momentum>().factor = 2;
    CHECK_THROWS_WITH_AS(optimizer.ascend(theta, uphill_of_model, state), doctest::Contains("factor is 2"), Refused);
  }
  SUBCASE("one in front of the parts out of range") {
    Partition optimizer{ClipNorm{1}, for_others(LearningRate{1})};
    auto state = optimizer.init(theta);
    auto bound = optimizer.bind(theta, uphill_of_model, state);
    optimizer.get<ClipNorm>().norm = -1;
    CHECK_THROWS_WITH_AS(optimizer.ascend(theta, uphill_of_model, state), doctest::Contains("norm is -1"), Refused);
    CHECK_THROWS_WITH_AS(bound.ascend(), doctest::Contains("norm is -1"), Refused);
  }
  SUBCASE("an invalid objective value") {
    const Partition optimizer{for_leaves(Named{"table"}, LearningRate{1}), for_others(PolyakStep{})};
    auto state = optimizer.init(theta);
    CHECK_THROWS_WITH_AS(
        optimizer.descend(theta, uphill_of_model, state, Value{std::numeric_limits<double>::infinity()}),
        doctest::Contains("the objective's value is inf"), Refused);
  }
  SUBCASE("parameters of other shapes") {
    const Partition optimizer = clipped_parts();
    auto state = optimizer.init(theta);
    Model other = model;
    other.bias.push_back(1);
    CHECK_THROWS_WITH_AS(optimizer.descend(other, uphill_of_model, state), doctest::Contains("bias of shape"), Refused);
    CHECK(other.table == model.table);
  }
  CHECK(theta.table == model.table);
}

TEST_CASE("a part without a leaf is refused, except for_others") {
  const Model theta = model;
  CHECK_THROWS_WITH_AS(Partition(for_leaves(Named{"tables"}, LearningRate{1}), for_others(LearningRate{1})).init(theta),
                       doctest::Contains("part 0 of the partition has no leaf; name one that no part in front has of "
                                         "table, weight, bias"),
                       Refused);
  CHECK(Partition(for_leaves(Named{"*"}, LearningRate{1}), for_others(LearningRate{1})).init(theta).step() == 0);
}

TEST_CASE("a copied state continues alone, and a state restored through visit has the same bits") {
  Model theta = model;
  const auto optimizer = clipped_parts();
  auto state = optimizer.init(theta);
  for (int t = 0; t < 3; ++t) optimizer.descend(theta, uphill_of_model, state);

  std::map<std::pair<std::string, std::string>, Row> saved;
  state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    saved[{std::string(leaf), std::string(slot)}] = Row(values.begin(), values.end());
  });
  Model again = theta;
  auto restored = optimizer.init(again);
  CHECK_FALSE(restored == state);
  restored.visit([&]<class T>(std::string_view leaf, std::string_view slot, std::span<T> values) {
    if constexpr (!std::is_const_v<T>)
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<T>(saved.at({std::string(leaf), std::string(slot)})[i]);
  });
  CHECK(restored == state);
  CHECK(restored.step() == 3);

  auto copy = state;
  Model third = theta;
  optimizer.descend(theta, uphill_of_model, state);
  optimizer.descend(again, uphill_of_model, restored);
  optimizer.descend(third, uphill_of_model, copy);
  CHECK(again.weight == theta.weight);
  CHECK(third.table == theta.table);
  CHECK(copy == restored);
}

TEST_CASE("setting the step sets all parts, and a slot is found in whichever part has it") {
  const Model theta = model;
  auto state = clipped_parts().init(theta);
  state.step(7);
  CHECK(state.part<0>().step() == 7);
  CHECK(state.part<1>().step() == 7);
  CHECK(state.slot<double>("second", "bias").size() == 1);
  CHECK_THROWS_WITH_AS(state.slot<double>("second", "table"), doctest::Contains("has no slot \"second\""), Refused);
  CHECK_THROWS_WITH_AS(state.slot<double>("second", "tables"), doctest::Contains("no leaf \"tables\""), Refused);
}

TEST_CASE("hyper-parameters in front and in parts can be read, written and scheduled") {
  Model theta = model;
  Partition optimizer{ClipNorm{std::numeric_limits<double>::infinity()},
                      for_leaves(Named{"table"}, follow<&LearningRate::rate>(Linear{1, 0, 2})),
                      for_others(LearningRate{1})};
  auto state = optimizer.init(theta);
  optimizer.part<1>().get<LearningRate>().rate = 0;
  optimizer.ascend(theta, uphill_of_model, state);
  const Row once = theta.table;
  CHECK(once[0] > model.table[0]);
  CHECK(theta.weight == model.weight);
  optimizer.get<ClipNorm>().norm = 1e-300;
  optimizer.ascend(theta, uphill_of_model, state);
  CHECK(theta.table == once);
}

TEST_CASE("a report has the norm of all leaves, and the rate of the first part") {
  Model theta = model;
  std::vector<Report> seen;
  const auto note = [&](const Report& report) { seen.push_back(report); };
  const Partition optimizer{Log{2, note}, for_leaves(Named{"table"}, LearningRate{0.5}),
                            for_others(LearningRate{0.25})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, uphill_of_model, state);
  CHECK(seen.empty());
  optimizer.ascend(theta, uphill_of_model, state, note);
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].step == 2);
  CHECK(seen[1].rate == 0.5);
  CHECK(seen[1].gradient_norm == doctest::Approx(std::sqrt(16 + 9 + 144 + 1 + 4 + 0.0625)));
}

TEST_CASE("a partition can be driven like an optimizer") {
  Model theta = model;
  const auto bowl = [](const Model& at, Model& gradient) {
    double value = 0;
    const auto part = [&](const Row& x, Row& g) {
      for (std::size_t i = 0; i < x.size(); ++i) value += x[i] * x[i] / 2, g[i] = x[i];
    };
    part(at.table, gradient.table), part(at.weight, gradient.weight), part(at.bias, gradient.bias);
    return value;
  };
  const auto result = minimize(bowl, theta, clipped_parts(), {.steps = 2000, .gradient_norm = 1e-6});
  CHECK(result.reason == Stop::gradient_norm);
  CHECK(std::abs(theta.bias[0]) < 1e-6);
}

TEST_CASE("slots are stored in the type passed to init") {
  Model theta = model;
  const auto optimizer = clipped_parts();
  auto state = optimizer.init(theta, Storage<float>{});
  optimizer.descend(theta, uphill_of_model, state);
  CHECK(state.slot<float>("velocity", "table").size() == 3);
  CHECK(theta.table[2] == doctest::Approx(2 - 0.05 * 2 * 12 / std::sqrt(174.0625 + 0.0)).epsilon(1e-3));
}

TEST_CASE("a policy whose condition is invalid in a step is refused before any part has stepped") {
  Model theta = model;
  Partition optimizer{for_leaves(Named{"table"}, LearningRate{1}),
                      for_others(when(Every{2}, Clip{1}), LearningRate{1})};
  auto state = optimizer.init(theta);
  const auto before = state;
  optimizer.part<1>().get<When<Clip, Every>>().condition.steps = 0;
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, uphill_of_model, state), doctest::Contains("steps is 0"), Refused);
  CHECK(theta.table == model.table);
  CHECK(state == before);
}

TEST_CASE("a norm undefined for complex numbers is refused before any part has stepped") {
  using Complexes = std::vector<std::complex<double>>;
  std::pair<Complexes, Complexes> theta{{1.0}, {1.0}};
  const Partition optimizer{for_leaves(Named{"[0]"}, LearningRate{1}),
                            for_others(ClipNorm{.norm = 1, .order = 1}, LearningRate{1})};
  auto state = optimizer.init(theta);
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, theta, state), doctest::Contains("order is 1"), Refused);
  CHECK(theta.first[0] == 1.0);
}

TEST_CASE("policies that hold capturing lambdas may stand in front and in parts, and steps do not copy them") {
  Model theta = model;
  struct Counts {
    int* copies;
    explicit Counts(int* to) : copies(to) {}
    Counts(const Counts& other) : copies(other.copies) { ++*copies; }
    bool operator()(const Step& step) const { return step.count % 2 == 0; }
  };
  int copies = 0, seen = 0;
  const Partition optimizer{when([&](const Step&) { return ++seen != 0; }, ClipNorm{1}),
                            for_leaves(Named{"table"}, LearningRate{1}),
                            for_others(when(Counts(&copies), Clip{1}), LearningRate{1})};
  auto state = optimizer.init(theta);
  const int made = copies;
  optimizer.ascend(theta, uphill_of_model, state);
  optimizer.ascend(theta, uphill_of_model, state);
  CHECK(copies == made);
  CHECK(seen > 0);
}

TEST_CASE("a second norm in front sees the result of the first, which may follow a schedule") {
  const auto shrinking = follow<&ClipNorm::norm>([](std::int64_t t) { return 4.0 / static_cast<double>(t); });
  const Optimizer whole{shrinking, ClipNorm{.norm = 1, .order = 1}, Momentum{}, LearningRate{0.1}};
  const Partition parts{shrinking, ClipNorm{.norm = 1, .order = 1},
                        for_leaves(Named{"table"}, Momentum{}, LearningRate{0.1}),
                        for_others(Momentum{}, LearningRate{0.1})};
  step_alike(whole, parts);
}

TEST_CASE("a random number depends on the leaf's place in the whole set, not on its part") {
  const Optimizer whole{Noise{}, LearningRate{0.1}};
  const Partition parts{for_leaves(Named{"weight"}, Noise{}, LearningRate{0.1}),
                        for_others(Noise{}, LearningRate{0.1})};
  step_alike(whole, parts);
}

TEST_CASE("a partition steps a lone tensor") {
  Row theta{1, 2};
  const Partition optimizer{ClipNorm{1}, for_others(LearningRate{1})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Row{3, 4}, state);
  CHECK(theta[0] == doctest::Approx(1.6));
}

TEST_CASE("explain names a policy in front by its own name in each part") {
  const Partition optimizer{ClipNorm{1}, for_leaves(Named{"table"}, Momentum{}), for_others(LearningRate{1})};
  CHECK(explain(optimizer) == "part 0: " + explain(optimizer.part<0>()) + "part 1: " + explain(optimizer.part<1>()) +
                                  "in front of all parts: 1 read-only pass over memory\n");
  const std::string text = explain(optimizer.part<1>());
  CHECK(text.find("  ClipNorm ") != text.npos);
  CHECK(text.find("Told") == text.npos);
}

TEST_CASE("bound steps have the bits of unbound ones, and both may alternate on one state") {
  const auto optimizer = clipped_parts();
  Model x = model, y = model, g = uphill_of_model;
  auto state = optimizer.init(x), other = state;
  auto bound = optimizer.bind(x, g, state);
  for (int t = 0; t < 6; ++t) {
    g.table[0] = t - 2.5, g.bias[0] = 1.5 * t;
    t % 2 ? bound.ascend() : bound.descend();
    t % 2 ? optimizer.ascend(y, g, other) : optimizer.descend(y, g, other);
    CHECK(x.table == y.table);
    CHECK(x.weight == y.weight);
    CHECK(x.bias == y.bias);
    CHECK(state == other);
    optimizer.descend(x, uphill_of_model, state), optimizer.descend(y, uphill_of_model, other);
  }
  CHECK(x.table == y.table);
  CHECK(state == other);
}

TEST_CASE("a bound step follows schedules, tells observers, and sees a rate that was changed") {
  Partition optimizer{for_leaves(Named{"table"}, follow<&LearningRate::rate>(Linear{1, 3, 2})),
                      for_others(LearningRate{0.5})};
  Model x = model;
  const Model g{{1, 0, 0}, {2, 0}, {0}};
  auto state = optimizer.init(x);
  auto bound = optimizer.bind(x, g, state);
  std::vector<double> rates;
  const auto note = [&](const Report& report) { rates.push_back(report.rate); };
  bound.ascend(note);
  optimizer.part<1>().get<LearningRate>().rate = 2;
  bound.ascend(note);
  CHECK(rates == std::vector<double>{1, 2});  // of the first part
  CHECK(x.table[0] == model.table[0] + 1 + 2);
  CHECK(x.weight[0] == model.weight[0] + 2 * 0.5 + 2 * 2);
  optimizer.part<1>().get<LearningRate>().rate = -1;
  CHECK_THROWS_AS(bound.ascend(), Refused);
  CHECK(x.weight[0] == model.weight[0] + 2 * 0.5 + 2 * 2);
}

TEST_CASE("a bound step evaluates a gradient that is not in memory before any part steps") {
  // d/dx of the product of both numbers is the other one: the second part must not see what the first one wrote.
  std::map<std::string, Row> x{{"a", {2}}, {"b", {3}}};
  const auto other_of = [](const Row& of) { return lazy::anywhere<double>(1, [&](std::size_t i) { return of[i]; }); };
  const std::map<std::string, decltype(other_of(x["b"]))> g{{"a", other_of(x["b"])}, {"b", other_of(x["a"])}};
  const Partition optimizer{for_leaves(Named{"a"}, LearningRate{1}), for_others(LearningRate{0.5})};
  auto state = optimizer.init(x);
  auto bound = optimizer.bind(x, g, state);
  bound.ascend();
  CHECK(x["a"][0] == 5);
  CHECK(x["b"][0] == 4);
  bound.ascend();
  CHECK(x["a"][0] == 9);
  CHECK(x["b"][0] == 6.5);
}

TEST_SUITE_END();
