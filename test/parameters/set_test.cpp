// SPDX-License-Identifier: MIT
#include <gradus/parameters/set.hpp>

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>
#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

using namespace gradus;

namespace sets {

using Vector = std::vector<double>;

struct Layer {
  BOOST_HANA_DEFINE_STRUCT(Layer, (Vector, weight), (std::vector<float>, bias));
};

struct Adapted {
  float scale;
  Vector rest;
};

struct Plain {
  Vector weight;
  Layer layer;
};

class Closed {
  Vector weight;
};

}  // namespace sets

BOOST_HANA_ADAPT_STRUCT(sets::Adapted, scale, rest);

using namespace sets;

static_assert(detail::NamedStruct<Layer> && detail::NamedStruct<const Layer&> && detail::NamedStruct<Adapted> &&
              !detail::NamedStruct<Vector>);
static_assert(detail::NamedMap<std::map<std::string, Vector>> &&
              detail::NamedMap<std::unordered_map<std::string, Layer>>);
static_assert(!detail::NamedMap<std::map<int, Vector>>, "a key must be a name");
static_assert(detail::Sequence<std::vector<Vector>> && detail::Sequence<std::array<Vector, 2>> &&
              detail::Sequence<std::deque<Layer>>);
static_assert(detail::TupleLike<std::tuple<Vector, float>> && detail::TupleLike<std::pair<Vector, Vector>> &&
              detail::TupleLike<std::tuple<>>);
static_assert(detail::TupleLike<std::tuple<Vector&, const float&>>);

// Each type models at most one of these concepts; numbers in a container are a tensor.
static_assert(!detail::Set<Vector> && !detail::Set<std::array<double, 2>> && !detail::Set<double> &&
              !detail::Set<std::vector<int>>);
static_assert(!detail::TupleLike<std::array<Vector, 2>> && !detail::Sequence<std::map<std::string, Vector>>);
static_assert(!detail::Set<std::list<Vector>> && !detail::Set<Closed> && !detail::Set<std::string*>);

static_assert(detail::MaybePart<const std::optional<Layer>&> && detail::Set<std::optional<Vector>> &&
              !detail::MaybePart<Vector>);
static_assert(detail::part_count<std::optional<Layer>> == 1 &&
              std::is_same_v<detail::part_t<const std::optional<Layer>>, const Layer>);

static_assert(detail::MaybeGradient<std::optional<Vector>> && detail::MaybeGradient<const std::nullopt_t&> &&
              !detail::MaybeGradient<Vector>);

static_assert(detail::part_count<std::tuple<>> == 0 && detail::part_count<std::pair<Vector, float>> == 2);
static_assert(detail::part_count<Layer> == 2 && detail::part_count<const Adapted> == 2);
static_assert(detail::part_count<std::vector<Vector>> == 1, "parts of one type count as one");

static_assert(detail::part_name<Layer, 0>() == "weight" && detail::part_name<const Layer, 1>() == "bias");
static_assert(detail::part_name<Adapted, 0>() == "scale" && detail::part_name<std::tuple<Vector>, 0>().empty());

static_assert(detail::UnnamedStruct<Plain> && detail::UnnamedStruct<const Plain&> && !detail::NamedStruct<Plain> &&
              !detail::UnnamedStruct<Layer>);
static_assert(detail::part_count<Plain> == 2 && detail::part_name<const Plain, 1>() == "layer");
static_assert(std::is_same_v<detail::part_t<const Plain, 1>, const Layer>);

static_assert(std::is_same_v<detail::part_t<Layer, 1>, std::vector<float>>);
static_assert(std::is_same_v<detail::part_t<const Layer, 0>, const Vector>);
static_assert(std::is_same_v<detail::part_t<std::map<std::string, Vector>>, Vector>);
static_assert(std::is_same_v<detail::part_t<const std::vector<Vector>>, const Vector>);
static_assert(std::is_same_v<detail::part_t<std::tuple<float, Vector>, 1>, Vector>);
static_assert(std::is_same_v<detail::part_t<const std::tuple<Vector&>>, Vector>,
              "a reference leads out of a const tuple");

TEST_CASE("set: a subset has no leaf behind those that it was made of") {
  Vector x;
  const detail::Subset<Vector> all(x, std::make_shared<std::vector<bool>>(2, true));
  CHECK(all.has(1));
  CHECK_FALSE(all.has(2));
}

TEST_CASE("set: part_of refers to the member itself") {
  Layer layer{{1}, {2}};
  CHECK(&detail::part_of<0>(layer) == &layer.weight);
  CHECK(&detail::part_of<1>(std::as_const(layer)) == &layer.bias);
  Adapted adapted{1, {2}};
  CHECK(&detail::part_of<0>(adapted) == &adapted.scale);
  Plain plain{{1}, {{2}, {3}}};
  CHECK(&detail::part_of<1>(plain) == &plain.layer);
  float lone = 3;
  const auto tied = std::tie(lone, layer);
  CHECK(&detail::part_of<0>(tied) == &lone);
  CHECK(&detail::part_of<1>(tied) == &layer);
}
