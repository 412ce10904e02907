// SPDX-License-Identifier: MIT
#include <gradus/step/listing.hpp>

#include "support/lazy.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/xtensor.hpp>
#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/refuse_non_finite.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

using gradus::Optimizer;
using gradus::detail::Listing;
using Vector = std::vector<double>;
using Span = std::span<double>;
using Vectors = std::vector<Vector>;
using Spans = std::vector<Span>;

namespace {

/// A minimal two-dimensional tensor.
struct Matrix {
  std::array<std::size_t, 2> shape;
  Vector elements = Vector(shape[0] * shape[1]);
};

template <class Theta, class G>
std::span<const gradus::detail::Leaf> list(Theta&& theta, const G& gradient, gradus::State& state, bool walk = false) {
  return Listing::list(theta, gradient, state, gradus::detail::Pack<>{}, walk);
}

template <class Theta>
gradus::State state_for(const Theta& theta) {
  return Optimizer<>{}.init(theta);
}

/// Checks that a listing is refused, both contiguous and walked, with a message that contains `part`.
template <class Theta, class G>
void refuses(Theta&& theta, const G& gradient, gradus::State& state, const std::string& part) {
  for (const bool walk : {false, true}) {
    CAPTURE(walk);
    CHECK_THROWS_WITH_AS(list(theta, gradient, state, walk), doctest::Contains(part.c_str()), gradus::Refused);
  }
}

template <class Theta, class G>
void takes(Theta&& theta, const G& gradient, gradus::State& state) {
  for (const bool walk : {false, true}) CHECK_NOTHROW(list(theta, gradient, state, walk));
}

}  // namespace

template <>
struct gradus::tensor_traits<Matrix> {
  using value_type = double;
  static std::array<std::size_t, 2> shape(const Matrix& x) { return x.shape; }
  static double* data(Matrix& x, Order) { return x.elements.data(); }
};

TEST_CASE("listing: pairs each parameter with its gradient") {
  Vectors x{{1, 2}, {3}}, g{{4, 5}, {6}};
  auto state = state_for(x);
  const auto leaves = list(x, g, state);
  REQUIRE(leaves.size() == 2);
  for (std::size_t l = 0; l < 2; ++l) {
    CHECK(leaves[l].size == x[l].size());
    CHECK(leaves[l].parameter == x[l].data());
    CHECK(leaves[l].gradient == g[l].data());
    CHECK(!leaves[l].absent);
  }
  CHECK(leaves[0].in_one_piece());
  CHECK(gradus::detail::in_one_piece(leaves.first(1)));
  CHECK_FALSE(gradus::detail::in_one_piece(leaves));  // two leaves are not contiguous
}

TEST_CASE("listing: if walked, no leaf has a contiguous address, but its memory is known") {
  Vectors x{{1, 2}, {3}}, g{{4, 5}, {6}};
  auto state = state_for(x);
  for (const gradus::detail::Leaf& leaf : list(x, g, state, true)) {
    CHECK(leaf.parameter == nullptr);
    CHECK(leaf.gradient == nullptr);
    CHECK(leaf.parameter_memory != nullptr);
    CHECK(leaf.gradient_memory != nullptr);
  }
}

TEST_CASE("listing: a leaf without a gradient is absent, in this step only") {
  Vectors x{{1, 2}, {3}};
  auto state = state_for(x);
  std::vector<std::optional<Vector>> g{std::nullopt, Vector{6}};
  auto leaves = list(x, g, state);
  CHECK(leaves[0].absent);
  CHECK(!leaves[1].absent);
  g[0] = {4, 5};
  leaves = list(x, g, state);
  CHECK(!leaves[0].absent);
}

TEST_CASE("listing: refuses differing shapes and names both") {
  Vector x(3);
  auto state = state_for(x);
  refuses(x, Vector(2), state, "parameter has shape (3), its gradient (2);");
  Matrix m{{2, 3}};
  auto of_matrix = state_for(m);
  takes(m, Matrix{{2, 3}}, of_matrix);
  refuses(m, Matrix{{3, 2}}, of_matrix, "parameter has shape (2, 3), its gradient (3, 2);");
  refuses(m, Vector(6), of_matrix, "parameter has shape (2, 3), its gradient (6);");
  Matrix turned{{3, 2}};
  refuses(turned, turned, of_matrix,
          "for parameter of shape (2, 3) (double), not for parameter of shape (3, 2) (double)");
}

TEST_CASE("listing: refuses differing element types") {
  Vector x(3);
  std::vector<float> y(3);
  auto state = state_for(x);
  refuses(y, y, state, "for parameter of shape (3) (double), not for parameter of shape (3) (float)");
}

TEST_CASE("listing: refuses differing names") {
  using Map = std::map<std::string, Vector>;
  Map x{{"bias", {1}}, {"weight", {2}}}, y{{"bias", {1}}, {"weights", {2}}};
  auto state = state_for(x);
  takes(x, Map{{"bias", {1}}, {"weight", {2}}}, state);
  refuses(y, Map{{"weights", {2}}}, state,
          "made for weight of shape (1) (double), not for weights of shape (1) (double)");
}

TEST_CASE("listing: refuses too few or too many leaves") {
  Vectors two{{1}, {2}}, one{{1}}, three{{1}, {2}, {3}};
  const Vectors gradient{{4}, {5}, {6}};
  auto state = state_for(two);
  refuses(one, Vectors{{4}}, state, "made for 2 tensors, these parameters have 1;");
  refuses(three, gradient, state, "made for 2 tensors and knows no [2];");
  refuses(two, gradient, state, "has 2 tensors, its gradient has 3:");
  takes(two, Vectors{{4}, {5}}, state);
}

TEST_CASE("memory: a gradient may be its parameter or be adjacent to it") {
  Vector memory(9);
  const Span x = Span(memory).subspan(3, 3);
  auto state = state_for(x);
  takes(x, x, state);
  takes(x, Span(memory).first(3), state);
  takes(x, Span(memory).last(3), state);
}

TEST_CASE("memory: refuses a gradient that partly overlaps its parameter") {
  Vector memory(9);
  const Span x = Span(memory).subspan(3, 3);
  auto state = state_for(x);
  for (const std::size_t first : {1u, 2u, 4u, 5u})
    refuses(x, Span(memory).subspan(first, 3), state, "the gradient of parameter overlaps the memory of parameter;");
}

TEST_CASE("memory: refuses a leaf listed twice, and overlapping leaves") {
  Vector memory(6);
  const Span all(memory);
  const Vectors g{{1, 2, 3}, {4, 5, 6}};
  Spans x{all.first(3), all.last(3)};
  auto state = state_for(x);
  takes(x, g, state);
  refuses(Spans{x[0], x[0]}, g, state, "[0] and [1] share memory;");
  refuses(Spans{x[0], all.subspan(2, 3)}, g, state, "[0] and [1] share memory;");
  refuses(Spans{all.subspan(2, 3), x[0]}, g, state, "[1] and [0] share memory;");  // reported in the order of addresses
}

TEST_CASE("memory: refuses the gradient of one leaf in another's memory") {
  Vector memory(12), apart(3);
  const Span all(memory);
  const Spans x{all.subspan(6, 3), all.first(3)};
  auto state = state_for(x);
  const Span between = all.subspan(3, 3), behind = all.last(3);
  takes(x, Spans{between, behind}, state);
  takes(x, Spans{x[0], x[1]}, state);
  refuses(x, Spans{x[1], apart}, state, "the gradient of [0] overlaps the memory of [1];");
  refuses(x, Spans{apart, x[0]}, state, "the gradient of [1] overlaps the memory of [0];");
  refuses(x, Spans{apart, all.subspan(8, 3)}, state, "the gradient of [1] overlaps the memory of [0];");
  refuses(x, Spans{all.subspan(2, 3), apart}, state, "the gradient of [0] overlaps the memory of [1];");
}

TEST_CASE("memory: two gradients may share memory, and empty leaves overlap nothing") {
  Vector memory(6), g(3);
  const Span all(memory);
  const Spans x{all.first(3), all.last(3)};
  auto state = state_for(x);
  takes(x, Spans{g, g}, state);
  const Spans with_empty{all, all.subspan(2, 0)};
  auto other = state_for(with_empty);
  takes(with_empty, Spans{all, all.subspan(1, 0)}, other);
}

TEST_CASE("memory: a refused listing is not remembered as checked") {
  Vector memory(6), apart(3), other(2);
  const Span all(memory), overlap = all.subspan(1, 3);
  const Spans x{all.first(3), Span(apart)};
  Vector good(3);
  const std::string why = "the gradient of [0] overlaps the memory of [0];";
  for (const bool walk : {false, true}) {
    auto state = state_for(x);
    CHECK_NOTHROW(list(x, Spans{all.last(3), good}, state, walk));
    // The overlap is detected, but not yet reported, when the shape of the other leaf is refused.
    CHECK_THROWS_WITH(list(x, Spans{overlap, other}, state, walk), doctest::Contains("[1] has shape (3)"));
    CHECK_THROWS_WITH(list(x, Spans{overlap, good}, state, walk), doctest::Contains(why.c_str()));
    CHECK_THROWS_WITH(list(x, Spans{overlap, good}, state, walk), doctest::Contains(why.c_str()));
    CHECK_NOTHROW(list(x, Spans{all.last(3), good}, state, walk));
  }
}

TEST_CASE("memory: a copy of a state checks anew") {
  Vector x(4);
  auto state = state_for(Span(x).first(3));
  CHECK_NOTHROW(list(Span(x).first(3), Vector(3), state));
  auto copy = state;
  CHECK_THROWS_AS(list(Span(x).first(3), Span(x).last(3), copy), gradus::Refused);
}

TEST_CASE("memory: a walking backend refuses an overlap before the first write") {
  const Optimizer optimizer{gradus::LearningRate{.rate = 1}};
  Vector x{1, 2, 3, 4};
  auto state = optimizer.init(Span(x).first(3));
  CHECK_THROWS_AS(optimizer.ascend(Span(x).first(3), Span(x).last(3), state, gradus::backend::Xtensor{}),
                  gradus::Refused);
  CHECK(x == Vector{1, 2, 3, 4});
  CHECK(state.step() == 0);
}

TEST_CASE("lazy: an elementwise gradient is left to the pass") {
  Vector x(5);
  auto state = state_for(x);
  const auto g = lazy::elementwise<double>(5, [](std::size_t i) { return double(i); });
  const auto listed = list(x, g, state);
  const auto leaves = Listing::evaluate(listed, gradus::detail::kept(state), false);
  CHECK(leaves.data() == listed.data());
  CHECK(leaves[0].gradient == nullptr);
  CHECK(leaves[0].gradient_memory == nullptr);
  CHECK(g.evaluated == 0);
}

TEST_CASE("lazy: a gradient that may read any element, or is inspected first, is evaluated at once") {
  Vector x(5);
  auto state = state_for(x);
  const auto index = [](std::size_t i) { return double(i); };
  const auto check = [&](const auto& g, bool looks_first) {
    const auto leaves = Listing::evaluate(list(x, g, state), gradus::detail::kept(state), looks_first);
    CHECK(g.evaluated == 5);
    REQUIRE(leaves[0].gradient != nullptr);
    const std::span evaluated(static_cast<const double*>(leaves[0].gradient), 5);
    CHECK(Vector(evaluated.begin(), evaluated.end()) == Vector{0, 1, 2, 3, 4});
  };
  check(lazy::anywhere<double>(5, index), false);
  check(lazy::elementwise<double>(5, index), true);
}

TEST_CASE("lazy: in a set, a lazy gradient may read another leaf, so it alone is evaluated at once") {
  std::pair x{Vector{1, 2}, Vector{3, 4}};
  auto state = state_for(x);
  const std::pair g{lazy::elementwise<double>(2, [&](std::size_t i) { return x.second[i]; }), Vector{5, 6}};
  const auto leaves = Listing::evaluate(list(x, g, state), gradus::detail::kept(state), false);
  CHECK(g.first.evaluated == 2);
  CHECK(static_cast<const double*>(leaves[0].gradient)[1] == 4);
  CHECK(leaves[1].gradient == g.second.data());
}

namespace {

/// Checks that a step evaluates every element once, and reads the gradient before writing what it depends on: the same
/// element, or, if it declares that it may read any, the opposite one.
template <class... Parts, class... Extra>
void check_lazy(const Optimizer<Parts...>& optimizer, const Extra&... extra) {
  constexpr std::size_t size = 2 * gradus::detail::block_size + 7;
  Vector x(size);
  for (std::size_t i = 0; i < size; ++i) x[i] = 1 + double(i) / 16;
  const auto check = [&](const auto& g) {
    auto y = x;
    auto state = optimizer.init(x), other = state;
    for (std::size_t t = 1; t <= 3; ++t) {
      Vector stored(size);
      for (std::size_t i = 0; i < size; ++i) stored[i] = g.f(i);
      optimizer.descend(x, g, state, extra...);
      optimizer.descend(y, stored, other, extra...);
      CHECK(g.evaluated == t * size);
      CHECK(x == y);
    }
  };
  check(lazy::elementwise<double>(size, [&](std::size_t i) { return x[i] / 2; }));
  check(lazy::anywhere<double>(size, [&](std::size_t i) { return x[size - 1 - i] / 2; }));
}

}  // namespace

TEST_CASE("lazy: every element is evaluated once in a step") {
  const Optimizer plain{gradus::LearningRate{.rate = 0.5}};
  const auto see = [](const gradus::Report&) {};
  SUBCASE("in one pass") { check_lazy(plain); }
  SUBCASE("serially") { check_lazy(plain, gradus::backend::Serial{}); }
  SUBCASE("walked") { check_lazy(plain, gradus::backend::Xtensor{}); }
  SUBCASE("observed") { check_lazy(plain, see); }
  SUBCASE("in front of a norm") { check_lazy(Optimizer{gradus::ClipNorm{.norm = 1}}); }
  SUBCASE("in front of a norm that sweeps twice") { check_lazy(Optimizer{gradus::ClipNorm{.norm = 1, .order = 3}}); }
  SUBCASE("guarded") { check_lazy(Optimizer{gradus::RefuseNonFinite{}}); }
}
