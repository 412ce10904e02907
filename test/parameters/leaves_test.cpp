// SPDX-License-Identifier: MIT
#include <gradus/parameters/leaves.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

using namespace gradus;

namespace {

using Vector = std::vector<double>;
using Singles = std::vector<float>;
using Names = std::vector<std::string>;

struct Layer {
  BOOST_HANA_DEFINE_STRUCT(Layer, (Vector, weight), (Singles, bias));
};
struct Encoder {
  BOOST_HANA_DEFINE_STRUCT(Encoder, (std::vector<Layer>, layer), (double, scale));
};
struct Model {
  BOOST_HANA_DEFINE_STRUCT(Model, (Encoder, encoder), (std::vector<Singles>, head));
};
struct LayerGradient {
  BOOST_HANA_DEFINE_STRUCT(LayerGradient, (std::optional<Vector>, weight), (std::optional<Singles>, bias));
};

Model model() { return {{{{{1, 2}, {3}}, {{4, 5}, {6}}, {{7, 8}, {9}}}, 10}, {{11}, {12, 13}}}; }

const Optimizer<> plain;  // its update is the gradient
const Optimizer heavy{Momentum{}};

template <class Theta, class G>
State add(Theta&& theta, const G& gradient) {
  auto state = plain.init(theta);
  plain.ascend(theta, gradient, state);
  return state;
}

template <class Theta>
Names leaf_names(Theta&& theta) {
  Names names;
  detail::for_each_leaf(theta, detail::no_gradient, [&](const detail::Path& path, auto&, const detail::NoGradient&) {
    names.push_back(path.leaf_name());
  });
  return names;
}

template <class Theta, class G>
void check_refused(Theta theta, const G& gradient, const char* sentence) {
  const auto kept = theta;
  auto state = heavy.init(theta);
  const auto fresh = state;
  CHECK_THROWS_WITH_AS(heavy.ascend(theta, gradient, state), doctest::Contains(sentence), Refused);
  CHECK((theta == kept));
  CHECK(state == fresh);
}

}  // namespace

TEST_SUITE_BEGIN("leaves");

TEST_CASE("leaves are named by field, index and key, in the order of declaration, index or key") {
  CHECK(leaf_names(model()) == Names{"encoder.layer[0].weight", "encoder.layer[0].bias", "encoder.layer[1].weight",
                                     "encoder.layer[1].bias", "encoder.layer[2].weight", "encoder.layer[2].bias",
                                     "encoder.scale", "head[0]", "head[1]"});
  CHECK(leaf_names(std::map<std::string, Layer>{{"b", {}}, {"a", {}}}) ==
        Names{"a.weight", "a.bias", "b.weight", "b.bias"});
  CHECK(leaf_names(std::tuple<Vector, std::pair<float, Vector>>()) == Names{"[0]", "[1][0]", "[1][1]"});
  CHECK(leaf_names(Vector{1}) == Names{"parameter"});
}

TEST_CASE("the state keeps slots under those names, in the leaf's own type") {
  auto theta = model();
  const auto gradient = model();
  auto state = heavy.init(theta);
  heavy.ascend(theta, gradient, state);
  Names names;
  state.visit([&](std::string_view leaf, std::string_view slot, auto) {
    if (slot == "velocity") names.emplace_back(leaf);
  });
  CHECK(names == leaf_names(theta));
  const auto weight = state.slot<double>("velocity", "encoder.layer[2].weight");
  CHECK(Vector(weight.begin(), weight.end()) == Vector{7, 8});
  const auto head = state.slot<float>("velocity", "head[1]");
  CHECK(Singles(head.begin(), head.end()) == Singles{12, 13});
  CHECK(theta.encoder.layer[2].weight == Vector{14, 16});
  CHECK(theta.encoder.scale == 20);
  CHECK(theta.head[1] == Singles{24, 26});
}

TEST_CASE("a plain struct is a set of its members, under their names") {
  struct PlainLayer {
    Vector weight;
    Singles bias;
  };
  struct PlainModel {
    std::vector<PlainLayer> layer;
    double scale;
  };
  struct PlainGradient {
    std::optional<Vector> weight;
    std::optional<Singles> bias;
  };
  PlainModel theta{{{{1, 2}, {3}}, {{4, 5}, {6}}}, 10};
  Encoder described{{{{1, 2}, {3}}, {{4, 5}, {6}}}, 10};
  CHECK(leaf_names(theta) == leaf_names(described));
  const PlainModel g{{{{3, 1}, {2}}, {{1, 1}, {1}}}, 5};
  auto state = heavy.init(theta);
  auto other = heavy.init(described);
  for (int t = 0; t < 3; ++t) heavy.ascend(theta, g, state), heavy.ascend(described, g, other);
  CHECK((state == other));
  CHECK(theta.layer[1].weight == described.layer[1].weight);
  CHECK(theta.scale == described.scale);

  PlainLayer layer{{1, 2}, {3}};
  auto partial = heavy.init(layer);
  heavy.ascend(layer, PlainGradient{Vector{1, 1}, {}}, partial);
  CHECK(layer.weight == Vector{2, 3});
  CHECK(layer.bias == Singles{3});
}

TEST_CASE("tuples, pairs, arrays, deques and vectors") {
  std::tuple<Vector, float> tuple{{1, 2}, 3.0f};
  add(tuple, std::tuple<Vector, float>{{10, 20}, 30.0f});
  CHECK(tuple == std::tuple<Vector, float>{{11, 22}, 33.0f});
  add(tuple, std::pair<Vector, float>{{1, 1}, 1.0f});
  CHECK(tuple == std::tuple<Vector, float>{{12, 23}, 34.0f});
  std::pair<double, Vector> pair{1, {2}};
  add(pair, pair);
  CHECK(pair == std::pair<double, Vector>{2, {4}});
  std::array<Vector, 2> array{{{1}, {2, 3}}};
  add(array, std::vector<Vector>{{1}, {1, 1}});
  CHECK(array == std::array<Vector, 2>{{{2}, {3, 4}}});
  std::deque<Vector> deque{{1}, {2, 3}};
  add(deque, array);
  CHECK(deque == std::deque<Vector>{{3}, {5, 7}});
}

TEST_CASE("a variant is the tensor or the set that it holds, and its state belongs to that type") {
  using Either = std::variant<Singles, Vector, Layer>;
  std::map<std::string, Either> theta{{"a", Singles{1, 2}}, {"b", Vector{3}}, {"c", Layer{{4}, {5}}}};
  auto flat = std::tuple(Singles{1, 2}, Vector{3}, Vector{4}, Singles{5});
  const auto gradient = theta;
  const auto flat_gradient = flat;
  CHECK(leaf_names(theta) == Names{"a", "b", "c.weight", "c.bias"});
  const Optimizer optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}};
  auto state = optimizer.init(theta), other = optimizer.init(flat);
  for (int t = 0; t < 3; ++t) optimizer.ascend(theta, gradient, state), optimizer.ascend(flat, flat_gradient, other);
  CHECK(std::get<Singles>(theta["a"]) == std::get<0>(flat));
  CHECK(std::get<Vector>(theta["b"]) == std::get<1>(flat));
  CHECK(std::get<Layer>(theta["c"]).bias == std::get<3>(flat));

  const auto refused = [&](const auto& g, const char* sentence) {
    const auto kept = state;
    CHECK_THROWS_WITH_AS(optimizer.ascend(theta, g, state), doctest::Contains(sentence), Refused);
    CHECK(state == kept);
  };
  auto wrong = gradient;
  wrong["b"] = Singles{1};
  refused(wrong, "b is a std::variant that holds std::vector<");
  refused(wrong, "; give a gradient of the type that the parameter has now");
  theta["b"] = Singles{3};
  refused(wrong, "the state was made for b of shape (1) (double), not for b of shape (1) (float)");
}

TEST_CASE("a valueless variant is refused") {
  CHECK_THROWS_WITH_AS(gradus::detail::check_held(detail::Path{}, "", false),
                       "gradus: parameter is a std::variant without a value; give it one", Refused);
  CHECK_THROWS_WITH_AS(gradus::detail::check_held(detail::Path{}, "'s gradient", false),
                       "gradus: parameter's gradient is a std::variant without a value; give it one", Refused);
}

TEST_CASE("references in a tuple are written through, even from a const or temporary tuple") {
  Vector a{1, 2};
  float b = 3;
  const Vector ga{10, 20};
  const float gb = 30;
  auto state = plain.init(std::tie(a, b));
  plain.ascend(std::tie(a, b), std::tie(ga, gb), state);
  const auto tied = std::tie(a, b);
  plain.ascend(tied, std::tuple(ga, gb), state);
  CHECK(a == Vector{21, 42});
  CHECK(b == 63);
  CHECK(state.step() == 2);
}

TEST_CASE_TEMPLATE("maps match by key: a missing key means no gradient, an unknown one is refused", Map,
                   std::map<std::string, Vector>, std::unordered_map<std::string, Vector>) {
  Map theta{{"weight", {1, 2}}, {"bias", {3}}};
  auto state = heavy.init(theta);
  heavy.ascend(theta, std::map<std::string, Vector>{{"bias", {10}}}, state);
  CHECK(theta == Map{{"weight", {1, 2}}, {"bias", {13}}});
  CHECK(state.template slot<double>("velocity", "bias")[0] == 10);
  CHECK(state.template slot<double>("velocity", "weight")[0] == 0);
  check_refused(theta, std::map<std::string, Vector>{{"bias", {1}}, {"wieght", {1, 1}}},
                "there is a gradient for \"wieght\" and no such parameter");
}

TEST_CASE("an empty optional gradient leaves its leaf, its slots and its clock unchanged") {
  Layer theta{{1, 2}, {3}};
  auto state = heavy.init(theta);
  const auto clock = [&](std::string_view of) {
    double steps = -1;
    state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
      if (leaf == of && slot == "clock") steps = static_cast<double>(values[0]);
    });
    return steps;
  };
  heavy.ascend(theta, LayerGradient{Vector{1, 1}, std::nullopt}, state);
  heavy.ascend(theta, LayerGradient{std::nullopt, std::nullopt}, state);
  CHECK(theta.weight == Vector{2, 3});
  CHECK(theta.bias == Singles{3});
  CHECK(state.slot<double>("velocity", "weight")[0] == 1);
  CHECK(state.slot<float>("velocity", "bias")[0] == 0);
  CHECK(clock("weight") == 1);
  CHECK(clock("bias") == 0);
  CHECK(state.step() == 2);
}

TEST_CASE("an optional parameter has leaves only if it has a value") {
  struct Affine {
    Vector weight;
    std::optional<Vector> bias;
    std::optional<Layer> more;
    bool operator==(const Affine& other) const { return weight == other.weight && bias == other.bias; }
  };
  Affine theta{{1, 2}, {}, Layer{{3}, {4}}};
  auto state = heavy.init(theta);
  std::vector<std::string> names;
  state.visit([&](std::string_view leaf, std::string_view slot, auto) {
    if (slot == "velocity") names.emplace_back(leaf);
  });
  CHECK(names == std::vector<std::string>{"weight", "more.weight", "more.bias"});
  heavy.ascend(theta, Affine{{1, 1}, {}, Layer{{1}, {1}}}, state);
  heavy.ascend(theta, Affine{{1, 1}, {}, {}}, state);  // for a step in which the last two have no gradient
  CHECK(theta.weight[0] == doctest::Approx(1 + 1 + (0.9 + 1)));
  CHECK(theta.more->weight == Vector{4});
  CHECK(theta.more->bias == Singles{5});
  CHECK_FALSE(theta.bias);
  heavy.ascend(theta, [](std::string_view, const auto& leaf) { return leaf; }, state);
  CHECK(theta.more->weight[0] == doctest::Approx(4 + (0.9 + 4)));

  check_refused(theta, Affine{{1, 1}, Vector{1}, {}}, "bias is a std::optional without a value, and has a gradient");
  theta.bias = Vector{7};
  CHECK_THROWS_WITH_AS(heavy.ascend(theta, theta, state), doctest::Contains("not for bias"), Refused);
  auto grown = heavy.init(theta);
  heavy.ascend(theta, theta, grown);
  CHECK(theta.bias == Vector{14});

  std::vector<std::optional<Vector>> list{std::nullopt, Vector{1}};
  add(list, std::vector<Vector>{{5}, {2}});
  CHECK(list == std::vector<std::optional<Vector>>{std::nullopt, Vector{3}});
}

TEST_CASE("a whole part may be without a gradient") {
  std::tuple<Layer, Vector> theta{{{1, 2}, {3}}, {4}};
  add(theta, std::tuple<std::optional<Layer>, Vector>{std::nullopt, {1}});
  CHECK(std::get<0>(theta).weight == Vector{1, 2});
  CHECK(std::get<0>(theta).bias == Singles{3});
  CHECK(std::get<1>(theta) == Vector{5});
  std::vector<Vector> list{{1}, {2}};
  add(list, std::vector<std::optional<Vector>>{std::nullopt, Vector{1}});
  CHECK(list == std::vector<Vector>{{1}, {3}});
  add(list, std::nullopt);
  CHECK(list == std::vector<Vector>{{1}, {3}});
}

TEST_CASE("empty sets are legal") {
  std::tuple<> none;
  std::vector<Vector> no_tensors, empty_tensors(3);
  std::map<std::string, Vector> no_names;
  CHECK(add(none, none).step() == 1);
  CHECK(add(no_tensors, no_tensors).step() == 1);
  CHECK(add(empty_tensors, empty_tensors).step() == 1);
  CHECK(add(no_names, no_names).step() == 1);
}

TEST_CASE_TEMPLATE("ten thousand leaves have the bits of a single one", T, float, double) {
  constexpr std::size_t count = 10'000, each = 3;
  const Optimizer chain{Clip{}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{}};
  auto whole = support::parameters<T>(count * each);
  const auto gradient = support::gradient<T>(count * each);
  const auto split = [&](const std::vector<T>& x) {
    std::vector<std::vector<T>> parts;
    for (std::size_t i = 0; i < x.size(); i += each) parts.emplace_back(&x[i], &x[i] + each);
    return parts;
  };
  auto leaves = split(whole);
  const auto gradients = split(gradient);
  auto state = chain.init(whole), of_leaves = chain.init(leaves);
  for (int step = 0; step < 3; ++step) {
    chain.ascend(whole, gradient, state);
    chain.ascend(leaves, gradients, of_leaves);
  }
  const auto expected = split(whole);
  std::size_t different = 0;
  for (std::size_t l = 0; l < count; ++l) different += !support::same_bits(leaves[l], expected[l]);
  CHECK(different == 0);
  CHECK(of_leaves.template slot<T>("velocity", "[9999]")[2] == state.template slot<T>("velocity").back());
}

TEST_CASE("differing numbers of tensors or sizes are refused with both, and nothing changes") {
  using List = std::vector<Vector>;
  check_refused(List{{1}, {2}, {3}}, List{{1}, {2}}, "the set of parameters has 3 tensors, its gradient has 2");
  check_refused(List{{1}, {2}}, List{{1}, {2, 3}}, "[1] has shape (1), its gradient (2)");
  check_refused(std::pair<List, Vector>{{{1}, {2}}, {3}}, std::pair<List, Vector>{{{1}}, {3}},
                "[0] has 2 tensors, its gradient has 1");
  check_refused(std::map<std::string, List>{{"block", {{1}}}}, std::map<std::string, List>{{"block", {{1}, {2}, {3}}}},
                "block has 1 tensors, its gradient has 3");
  check_refused(Vector{1, 2, 3}, Vector{1, 2}, "parameter has shape (3), its gradient (2)");
}

TEST_CASE("a state refuses leaves of other names, sizes or number") {
  using Map = std::map<std::string, Vector>;
  Map theta{{"a", {1}}, {"b", {2}}}, renamed{{"a", {1}}, {"c", {2}}}, longer{{"a", {1}}, {"b", {2}}, {"c", {3}}};
  Map shorter{{"a", {1}}}, wider{{"a", {1}}, {"b", {2, 3}}};
  auto state = plain.init(theta);
  const auto refuses = [&](Map other, const char* sentence) {
    const Map kept = other;
    CHECK_THROWS_WITH_AS(plain.ascend(other, other, state), doctest::Contains(sentence), Refused);
    CHECK(other == kept);
  };
  refuses(renamed, "for b of shape (1) (double), not for c");
  refuses(wider, "for b of shape (1) (double), not for b of shape (2)");
  refuses(longer, "knows no c");
  refuses(shorter, "made for 2 tensors, these parameters have 1");
  CHECK(state.step() == 0);
}

TEST_SUITE_END();
