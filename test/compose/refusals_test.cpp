// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Every refusal at run time: the mistake, and what its message must say about argument, value and remedy.

namespace {

using Vector = std::vector<double>;
using Span = std::span<double>;
using Pieces = std::vector<std::string>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

// Its trait lacks a function to read elements.
struct NoBlock {};

struct Mistake {
  std::string name;
  std::function<void()> check;
};

}  // namespace

template <>
struct gradus::tensor_traits<NoBlock> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const NoBlock&) { return {2}; }
  static double* data(NoBlock&, Order) { return nullptr; }
};

namespace {

void check_sentence(const std::function<void()>& wrong, const Pieces& pieces) {
  try {
    wrong();
    FAIL_CHECK("not refused");
  } catch (const gradus::Refused& refused) {
    const std::string sentence = refused.what();
    CAPTURE(sentence);
    CHECK(sentence.starts_with("gradus: "));
    for (const std::string& piece : pieces) {
      CAPTURE(piece);
      CHECK(sentence.find(piece) != std::string::npos);
    }
  }
}

/// A run to which a mistake is applied: `view(theta)` are the parameters, `good` is a gradient for them.
template <class Optimizer, class Theta, class G, class View = std::identity>
struct Scene {
  Optimizer optimizer;
  Theta theta;
  G good;
  View view{};
};
template <class Optimizer, class Theta, class G>
Scene(Optimizer, Theta, G) -> Scene<Optimizer, Theta, G>;
template <class Optimizer, class Theta, class G, class View>
Scene(Optimizer, Theta, G, View) -> Scene<Optimizer, Theta, G, View>;

/// Takes two whole steps, then calls `wrong(optimizer, theta, state)`. Checks that the message is right, parameters
/// and state are unchanged, and the next good step is as if nothing had happened.
template <class Optimizer, class Theta, class G, class View, class Wrong>
Mistake row(std::string name, Pieces pieces, Scene<Optimizer, Theta, G, View> scene, Wrong wrong) {
  return {std::move(name), [=]() mutable {
            auto& optimizer = scene.optimizer;
            auto& theta = scene.theta;
            const auto& good = scene.good;
            const auto& view = scene.view;
            const gradus::Value value{-1};  // the objective's value, for policies that ask for it
            auto state = optimizer.init(view(theta));
            for (int t = 0; t < 2; ++t) optimizer.ascend(view(theta), good, state, value);

            const auto optimizer_before = optimizer;
            const auto theta_before = theta;
            const auto state_before = state;
            check_sentence([&] { wrong(optimizer, theta, state); }, pieces);
            CHECK(theta == theta_before);
            CHECK(state == state_before);

            optimizer = optimizer_before;
            auto other = theta_before;
            auto other_state = state_before;
            optimizer.ascend(view(theta), good, state, value);
            optimizer.ascend(view(other), good, other_state, value);
            CHECK(theta == other);
            CHECK(state == other_state);
            CHECK(theta != theta_before);
          }};
}

/// A mistake that needs no run.
template <class Wrong>
Mistake row(std::string name, Pieces pieces, Wrong wrong) {
  return {std::move(name), [=] { check_sentence(wrong, pieces); }};
}

using Chain = gradus::Optimizer<gradus::Clip, gradus::Momentum, gradus::Nesterov, gradus::Adaptive, gradus::WeightDecay,
                                gradus::LearningRate, gradus::Warmup, gradus::Decay>;

const Vector eight{1, -2, 3, -4, 5, -6, 7, -8};
const Vector slope{0.5, 1, -1.5, 2, -0.25, 3, 1, -1};
const Scene plain{Chain(), eight, slope};

/// A hyper-parameter set to an invalid value between two steps, and the same value at construction.
template <class P, class Value>
void value_rows(std::vector<Mistake>& table, const std::string& name, Value P::* member, Value value,
                const Pieces& pieces) {
  using Optimizer = gradus::Optimizer<P, gradus::Momentum>;
  const auto spoil = [=](auto& policy) { policy.*member = value; };
  table.push_back(row(name + " changed to " + pieces[0], pieces, Scene{Optimizer(), eight, slope},
                      [=](auto& optimizer, auto& theta, auto& state) {
                        spoil(optimizer.template get<P>());
                        optimizer.ascend(theta, slope, state);
                      }));
  table.push_back(row(name + " constructed with " + pieces[0], pieces, [=] {
    P policy;
    spoil(policy);
    Optimizer(policy, gradus::Momentum());
  }));
}

std::vector<Mistake> value_table() {
  using namespace gradus;
  std::vector<Mistake> table;
  const auto put = [&]<class P, class Value>(const std::string& name, Value P::* member, Value value,
                                             const Pieces& pieces) { value_rows(table, name, member, value, pieces); };
  const std::string unit = "give a number in [0, 1)", zero = "give a finite number of at least 0";
  const std::string above = "give a number above 0", one = "give a number from 1 to infinity";
  put("a rate", &LearningRate::rate, -1.0, {"LearningRate.rate is -1", zero});
  put("a rate", &LearningRate::rate, nan, {"LearningRate.rate is nan", zero});
  put("a rate", &LearningRate::rate, infinite, {"LearningRate.rate is inf", zero});
  put("a weight decay", &WeightDecay::rate, -0.5, {"WeightDecay.rate is -0.5", zero});
  put("a weight decay", &WeightDecay::rate, nan, {"WeightDecay.rate is nan", zero});
  put("a decay", &Decay::factor, -0.5, {"Decay.factor is -0.5", zero});
  put("a decay", &Decay::factor, nan, {"Decay.factor is nan", zero});
  put("a warmup", &Warmup::steps, std::int64_t{-1}, {"Warmup.steps is -1", zero});
  put("a clip", &Clip::value, 0.0, {"Clip.value is 0", above});
  put("a clip", &Clip::value, nan, {"Clip.value is nan", above});
  put("a norm", &ClipNorm::norm, -1.0, {"ClipNorm.norm is -1", above});
  put("a norm", &ClipNorm::order, 0.5, {"ClipNorm.order is 0.5", one});
  put("a norm", &ClipNorm::epsilon, -1.0, {"ClipNorm.epsilon is -1", zero});
  put("an average", &AveragedMomentum::factor, 1.0, {"AveragedMomentum.factor is 1", unit});
  put("an average", &CorrectedMomentum::factor, nan, {"CorrectedMomentum.factor is nan", unit});
  put("a momentum", &TorchMomentum::factor, -0.1, {"TorchMomentum.factor is -0.1", unit});
  put("a momentum", &TorchMomentum::dampening, 1.5, {"TorchMomentum.dampening is 1.5", unit});
  put("a divisor", &Adaptive::beta, 1.0, {"Adaptive.beta is 1", unit});
  put("a divisor", &Adaptive::beta, -0.5, {"Adaptive.beta is -0.5", unit});
  put("a divisor", &Adaptive::beta, nan, {"Adaptive.beta is nan", unit});
  put("a divisor", &Adaptive::epsilon, -1e-8, {"Adaptive.epsilon is -1e-08", zero});
  put("a divisor", &Adaptive::epsilon, infinite, {"Adaptive.epsilon is inf", zero});
  put("a divisor", &CorrectedAdaptive::beta, 2.0, {"CorrectedAdaptive.beta is 2", unit});
  put("a divisor", &LargestAdaptive::epsilon, nan, {"LargestAdaptive.epsilon is nan", zero});
  put("a log", &Log<>::every, std::int64_t{0}, {"Log", ".every is 0", one});
  put("a guard", &SkipNonFinite::most, std::int64_t{-1}, {"SkipNonFinite.most is -1", zero});
  return table;
}

std::vector<Mistake> precision_table() {
  const std::vector<float> four{1, 2, 3, 4};
  const Scene single{Chain(), four, four};
  const auto set_epsilon = [](auto& optimizer) { optimizer.template get<gradus::Adaptive>().epsilon = 1e-60; };
  return {
      row("an epsilon that is zero in the type", {"Adaptive.epsilon is 1e-60", "0 in float", "give at least 1e-45"},
          single,
          [=](auto& optimizer, auto& theta, auto& state) {
            set_epsilon(optimizer);
            optimizer.ascend(theta, four, state);
          }),
      row("a state with an epsilon that is zero in the type", {"Adaptive.epsilon is 1e-60", "0 in float"}, single,
          [=](auto& optimizer, auto& theta, auto&) {
            set_epsilon(optimizer);
            optimizer.init(theta);
          }),
      row("a bound step with an epsilon that is zero in the type", {"Adaptive.epsilon is 1e-60", "0 in float"}, single,
          [=](auto& optimizer, auto& theta, auto& state) {
            auto bound = optimizer.bind(theta, four, state);
            set_epsilon(optimizer);
            bound.ascend();
          }),
  };
}

std::vector<Mistake> shape_table() {
  using Set = std::vector<Vector>;
  using Map = std::map<std::string, Vector>;
  const Scene set{Chain(), Set{{1, 2}, {3}}, Set{{1, 1}, {1}}};
  const Scene map{Chain(), Map{{"a", {1, 2}}, {"b", {3}}}, Map{{"a", {1, 1}}, {"b", {1}}}};
  const Scene matrix{Chain(), xt::xtensor<double, 2>{{1, 2, 3}, {4, 5, 6}},
                     xt::xtensor<double, 2>{{1, 1, 1}, {1, 1, 1}}};
  const std::string remedy = "make a state with init(theta) for these parameters";
  return {
      row("a gradient of another size",
          {"parameter has shape (8)", "its gradient (7)", "give a gradient of the parameter's shape"}, plain,
          [](auto& optimizer, auto& theta, auto& state) { optimizer.ascend(theta, Vector(7), state); }),
      row("a gradient of another shape", {"parameter has shape (2, 3)", "its gradient (3, 2)"}, matrix,
          [](auto& optimizer, auto& theta, auto& state) {
            optimizer.descend(theta, xt::xtensor<double, 2>({3, 2}, 1.0), state);
          }),
      row("a gradient of another dimension", {"parameter has shape (2, 3)", "its gradient (6)"}, matrix,
          [](auto& optimizer, auto& theta, auto& state) { optimizer.ascend(theta, Vector(6), state); }),
      row("an expression of another shape", {"parameter has shape (2, 3)", "its gradient (3)"}, matrix,
          [](auto& optimizer, auto& theta, auto& state) {
            optimizer.ascend(theta, 2.0 * xt::xtensor<double, 1>{1, 2, 3}, state);
          }),
      row("a gradient of another size in a set", {"[1] has shape (1)", "its gradient (2)"}, set,
          [](auto& optimizer, auto& theta, auto& state) { optimizer.ascend(theta, Set{{1, 1}, {1, 1}}, state); }),
      row("a bound gradient of another size", {"parameter has shape (8)", "its gradient (7)"}, plain,
          [](auto& optimizer, auto& theta, auto& state) { optimizer.bind(theta, Vector(7), state); }),
      row("fewer gradients than parameters", {"has 2 tensors", "its gradient has 1", "give one gradient per tensor"},
          set, [](auto& optimizer, auto& theta, auto& state) { optimizer.ascend(theta, Set{{1, 1}}, state); }),
      row("a gradient without its parameter", {"\"c\"", "no such parameter", "parameters' names"}, map,
          [](auto& optimizer, auto& theta, auto& state) { optimizer.ascend(theta, Map{{"c", {1}}}, state); }),
      row("parameters of another size", {"for parameter of shape (8)", "not for parameter of shape (9)", remedy}, plain,
          [](auto& optimizer, auto&, auto& state) {
            Vector nine(9);
            optimizer.ascend(nine, nine, state);
          }),
      row("parameters of another element type", {"(8) (double)", "(8) (float)", remedy}, plain,
          [](auto& optimizer, auto&, auto& state) {
            std::vector<float> other(8);
            optimizer.ascend(other, other, state);
          }),
      row("parameters of another name", {"made for a of shape (2)", "not for aa of shape (2)", remedy}, map,
          [](auto& optimizer, auto&, auto& state) {
            Map other{{"aa", {1, 2}}, {"b", {3}}};
            optimizer.ascend(other, other, state);
          }),
      row("parameters of another structure", {"made for [0] of shape (2)", "not for parameter of shape (8)", remedy},
          set,
          [](auto& optimizer, auto&, auto& state) {
            Vector other(8);
            optimizer.ascend(other, other, state);
          }),
      row("fewer parameters", {"made for 2 tensors", "these parameters have 1", remedy}, set,
          [](auto& optimizer, auto&, auto& state) {
            Set other{{1, 2}};
            optimizer.ascend(other, other, state);
          }),
      row("more parameters", {"made for 2 tensors", "knows no [2]", remedy}, set,
          [](auto& optimizer, auto&, auto& state) {
            Set other{{1, 2}, {3}, {4}};
            optimizer.ascend(other, other, state);
          }),
  };
}

std::vector<Mistake> state_table() {
  const auto other = gradus::Optimizer{gradus::Momentum{}}.init(eight);
  const std::string remedy = "make one with init(theta) of this optimizer";
  return {
      row("the state of another composition",
          {"composition (gradus::Momentum)", "not to (gradus::Clip, gradus::Mom", remedy}, plain,
          [=](auto& optimizer, auto& theta, auto&) {
            auto state = other;
            optimizer.ascend(theta, slope, state);
          }),
      row("a state that none made", {"belongs to no run", "make one with init(theta)"}, plain,
          [](auto& optimizer, auto& theta, auto&) {
            gradus::State state;
            optimizer.ascend(theta, slope, state);
          }),
      row("a bound state of another composition", {"composition (gradus::Momentum)", remedy}, plain,
          [=](auto& optimizer, auto& theta, auto&) {
            auto state = other;
            optimizer.bind(theta, slope, state);
          }),
      row("a slot that is not there", {"the state of parameter", "no slot \"speed\" of double", "State::visit"}, plain,
          [](auto&, auto&, auto& state) { state.template slot<double>("speed"); }),
      row("a slot of another type", {"no slot \"velocity\" of float"}, plain,
          [](auto&, auto&, auto& state) { state.template slot<float>("velocity"); }),
      row("a leaf that is not there", {"no leaf \"bias\"", "State::visit"}, plain,
          [](auto&, auto&, auto& state) { state.template slot<double>("velocity", "bias"); }),
      row("a negative step count", {"step is -1", "from 0 to 2^53"}, plain,
          [](auto&, auto&, auto& state) { state.step(-1); }),
  };
}

std::vector<Mistake> memory_table() {
  Vector nine = eight;
  nine.push_back(9);
  const auto front = [](Vector& x) { return Span(x).first(8); };
  const auto halves = [](Vector& x) { return std::vector<Span>{Span(x).first(4), Span(x).last(4)}; };
  const Scene one{Chain(), nine, slope, front};
  const Scene two{Chain(), eight, std::vector<Vector>{{1, 2, 3, 4}, {5, 6, 7, 8}}, halves};
  const auto overlap = [=](const auto&... backend) {
    return [=](auto& optimizer, auto& theta, auto& state) {
      optimizer.ascend(front(theta), Span(theta).last(8), state, backend...);
    };
  };
  const auto twice = [](const auto&... backend) {
    return [=](auto& optimizer, auto& theta, auto& state) {
      const Span half = Span(theta).first(4);
      optimizer.ascend(std::vector<Span>{half, half}, std::vector<Vector>(2, Vector(4, 1.0)), state, backend...);
    };
  };
  const std::string remedy = "give it memory of its own", once = "list every tensor once";
  return {
      row("a parameter whose elements lie on each other", {"parameter shares memory with itself", "a view of"}, one,
          [](auto& optimizer, auto& theta, auto& state) {
            const std::array<std::size_t, 1> shape{8};
            const std::array<std::ptrdiff_t, 1> still{0};
            optimizer.ascend(xt::adapt(theta.data(), 8, xt::no_ownership(), shape, still), slope, state);
          }),
      row("a step while one leaf by leaf is open", {"has not ended", "call end()"}, one,
          [=](auto& optimizer, auto& theta, auto& state) {
            Vector other = theta;
            auto others = front(other);
            auto apart = state;
            auto open = optimizer.begin_ascent(others, apart);
            optimizer.ascend(front(theta), slope, apart);
          }),
      row("a gradient that overlaps its parameter", {"gradient of parameter overlaps the memory of parameter", remedy},
          one, overlap()),
      row("the same, walked", {"gradient of parameter overlaps the memory of parameter", remedy}, one,
          overlap(gradus::backend::Xtensor{})),
      row("the same, bound", {"gradient of parameter overlaps the memory of parameter", remedy}, one,
          [=](auto& optimizer, auto& theta, auto& state) { optimizer.bind(front(theta), Span(theta).last(8), state); }),
      row("a gradient in another parameter", {"gradient of [0] overlaps the memory of [1]", remedy}, two,
          [=](auto& optimizer, auto& theta, auto& state) {
            auto parts = halves(theta);
            optimizer.ascend(halves(theta), std::vector<Span>{parts[1], parts[0]}, state);
          }),
      row("a parameter twice", {"[0] and [1] share memory", once}, two, twice()),
      row("a parameter twice, walked", {"[0] and [1] share memory", once}, two, twice(gradus::backend::Xtensor{})),
      row("parameters that overlap", {"share memory", once}, two,
          [=](auto& optimizer, auto& theta, auto& state) {
            const std::vector<Span> parts{Span(theta).subspan(2, 4), Span(theta).first(4)};
            optimizer.ascend(parts, std::vector<Vector>(2, Vector(4, 1.0)), state);
          }),
  };
}

std::vector<Mistake> non_finite_table() {
  using namespace gradus;
  const Optimizer refusing{Momentum{}, RefuseNonFinite{}};
  const Optimizer skipping{SkipNonFinite{.most = 0}, Momentum{}};
  const Optimizer measuring{RefuseNonFinite{}, ClipNorm{}, Momentum{}};
  const auto with = [](std::size_t at, double x) {
    return [=](auto& optimizer, auto& theta, auto& state) {
      Vector bad = slope;
      bad[at] = x;
      optimizer.descend(theta, bad, state);
    };
  };
  const std::string remedy = "make it finite, or use SkipNonFinite";
  return {
      row("a gradient with a NaN", {"gradient of parameter is nan at element 3", remedy}, Scene{refusing, eight, slope},
          with(3, nan)),
      row("a gradient with an infinity", {"gradient of parameter is -inf at element 7", remedy},
          Scene{refusing, eight, slope}, with(7, -infinite)),
      row("a gradient with a NaN, in front of a norm", {"is nan at element 0", remedy}, Scene{measuring, eight, slope},
          with(0, nan)),
      row("one step too many to be skipped", {"is nan at element 2", "0 steps in a row", "or raise SkipNonFinite.most"},
          Scene{skipping, eight, slope}, with(2, nan)),
      row("a value of the objective that is none", {"the objective's value is nan", "leave out the step"},
          Scene{Optimizer{PolyakStep{}}, eight, slope},
          [](auto& optimizer, auto& theta, auto& state) { optimizer.ascend(theta, slope, state, Value{nan}); }),
  };
}

const auto short_of_gradient =
    gradus::objective([](const Vector& x) { return x[0]; }, [](const Vector&) { return Vector(1); });

std::vector<Mistake> drive_table() {
  const auto drive = [](gradus::DriveOptions options) {
    return [=](auto& optimizer, auto& theta, auto& state) {
      const auto value = [](const Vector& x, Vector& g) { return g = x, x[0]; };
      gradus::maximize(value, theta, optimizer, state, options);
    };
  };
  const std::string remedy = "give 0 (never stops) or more";
  return {
      row("a drive of negative length", {"DriveOptions.steps is -1", "0 or more"}, plain, drive({.steps = -1})),
      row("a drive to a NaN norm", {"DriveOptions.gradient_norm is nan", remedy}, plain, drive({.gradient_norm = nan})),
      row("a drive to a negative change", {"DriveOptions.change is -1", remedy}, plain, drive({.change = -1})),
      row("a drive of a negative time", {"DriveOptions.seconds is -1", remedy}, plain, drive({.seconds = -1})),
      row("a drive of a state of another composition", {"composition (gradus::Momentum)"}, plain,
          [=](auto& optimizer, auto& theta, auto&) {
            auto state = gradus::Optimizer{gradus::Momentum{}}.init(theta);
            drive({})(optimizer, theta, state);
          }),
      row("a state that was moved from", {"belongs to no run", "make one with init(theta)"}, plain,
          [=](auto& optimizer, auto& theta, auto& state) {
            auto left = state;
            const auto taken = std::move(left);
            drive({})(optimizer, theta, left);
          }),
      row("a driven gradient of another shape", {"its gradient (1)", "give a gradient of the parameter's shape"}, plain,
          [](auto& optimizer, auto& theta, auto& state) {
            gradus::maximize(short_of_gradient, theta, optimizer, state);
          }),
      row("a checked gradient of another shape", {"its gradient (1)", "give a gradient of the parameter's shape"},
          plain,
          [](auto&, auto& theta, auto&) { static_cast<void>(gradus::check_gradient(short_of_gradient, theta)); }),
      row("a checked gradient that the objective makes shorter", {"its gradient (1)", "the parameter's shape"}, plain,
          [](auto&, auto& theta, auto&) {
            static_cast<void>(
                gradus::check_gradient([](const Vector& x, Vector& g) { return g.resize(1), x[0]; }, theta));
          }),
      row("a feature that is not in a recipe's type",
          {"recipe::gradient_ascent", "clip_value is not in the type", "recipe::gradient_ascent<{.clip_value = ...}>"},
          [] { gradus::recipe::gradient_ascent({.clip_value = 1}); }),
      row("a nesterov that is not in a recipe's type", {"recipe::sgd", "nesterov is not in the type"},
          [] { gradus::recipe::sgd({.nesterov = true}); }),
      row("an amsgrad that is not in a recipe's type", {"recipe::adam", "amsgrad is not in the type"},
          [] { gradus::recipe::adam({.amsgrad = true}); }),
      row("an amsgrad that is not in adamw's type", {"recipe::adamw", "amsgrad is not in the type"},
          [] { gradus::recipe::adamw({.amsgrad = true}); }),
      row("an amsgrad that a value cannot switch off", {"recipe::adam", "amsgrad is in the type", "or leave it out"},
          [] {
            constexpr gradus::recipe::Adam with{.amsgrad = true};
            gradus::recipe::adam<with>({.lr = 0.1});
          }),
      row("a gradient of an optional without a value", {"[1] is a std::optional without a value", "or a value"},
          [] {
            std::vector<std::optional<Vector>> theta{Vector{1}, {}};
            const gradus::Optimizer optimizer{gradus::LearningRate{}};
            auto state = optimizer.init(theta);
            optimizer.ascend(theta, std::vector<std::optional<Vector>>(2, Vector{1}), state);
          }),
      row("a part of a partition that no leaf is in", {"part 0", "has no leaf", "name one", "of parameter"},
          [] {
            const Vector theta{1};
            using namespace gradus;
            Partition{for_leaves(Named{"weight"}, LearningRate{}), for_others(LearningRate{})}.init(theta);
          }),
      row("a pattern that no leaf has, of a condition",
          {"no leaf has the name \"*.wieght\" that When<", "there are [0], [1];", "or give a callable"},
          [] {
            const std::vector<Vector> theta(2, Vector{1});
            using namespace gradus;
            Optimizer{LearningRate{}, when(Named{"*.wieght"}, WeightDecay{})}.init(theta);
          }),
      row("one of frozen leaves", {"\"encodr\" that Freeze<", "there are parameter; correct the pattern"},
          [] {
            const Vector theta{1};
            gradus::Optimizer{gradus::Freeze{gradus::Named{"encodr"}}}.init(theta);
          }),
      row("one of values by leaf", {"\"bias\" that ByLeaf<"},
          [] {
            const Vector theta{1};
            using namespace gradus;
            Optimizer{by_leaf<&LearningRate::rate>({{"parameter", 1}, {"bias", 2}})}.init(theta);
          }),
      row("a value by leaf out of range, with the leaf", {"for [1], LearningRate.rate is -1: give"},
          [] {
            const std::vector<Vector> theta(2, Vector{1});
            using namespace gradus;
            const auto rate = [](std::string_view leaf) { return leaf == "[1]" ? -1.0 : 1.0; };
            Optimizer{by_leaf<&LearningRate::rate>(rate)}.init(theta);
          }),
      row("a tensor that shows neither a block nor another way", {"data of tensor_traits<", "NoBlock", "add read and"},
          [] {
            NoBlock theta;
            const gradus::Optimizer optimizer{gradus::LearningRate{}};
            auto state = optimizer.init(theta);
            optimizer.ascend(theta, theta, state);
          }),
      row("a log without what it calls", {"calls nobody", "Log{10, callback}"},
          [] {
            const auto note = [at = 0](const gradus::Report&) { static_cast<void>(at); };
            static_cast<void>(gradus::Log<decltype(note)>{});
          }),
      row("a negative rate of a recipe", {"LearningRate.rate is -1"}, [] { gradus::recipe::adam({.lr = -1}); }),
  };
}

std::vector<Mistake> stability_table() {
  using namespace gradus;
  return {
      row("a composition that grows by itself",
          {"grows by 2 a step where the gradient is 0", "lower a momentum's factor", "grows = true"},
          [] { Optimizer{WeightDecay{3}}; }),
      row("the stable rate of what is not linear", {"linear in the gradient", "measure the others"},
          [] { static_cast<void>(max_stable_rate(Optimizer{Clip{}, LearningRate{}}, 1)); }),
      row("the stable rate of no curvature", {"curvature is 0", "give a finite number above 0"},
          [] { static_cast<void>(max_stable_rate(Optimizer{LearningRate{}}, 0)); }),
  };
}

std::vector<Mistake> whole_table() {
  std::vector<Mistake> whole;
  for (auto part : {value_table, precision_table, shape_table, state_table, memory_table, non_finite_table, drive_table,
                    stability_table})
    for (Mistake& row : part()) whole.push_back(std::move(row));
  return whole;
}

}  // namespace

TEST_CASE("refusals: each names argument, value and remedy, and leaves everything as it was") {
  const auto table = whole_table();
  CHECK(table.size() == 116);
  for (const Mistake& row : table) {
    CAPTURE(row.name);
    row.check();
  }
}
