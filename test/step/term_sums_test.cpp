// SPDX-License-Identifier: MIT
#include <gradus/step/term_sums.hpp>

#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <numeric>

using namespace gradus;

namespace {

/// Keeps the sums of g (v + g) and of abs(g) of the previous step, and steps by the second.
struct Emitting {
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name emits[]{"g (v + g)", "abs(g)"};
  static constexpr Name kept[]{"first", "second"};
  static constexpr Name scalars[]{"second"};

  constexpr std::array<double, 2> start() const { return {-1, 0.5}; }
  constexpr std::array<double, 2> next(const Step&, const Sums& sum) const { return {sum[0], sum[1]}; }
  constexpr std::array<double, 1> at(const Step& step) const { return {step.now[1]}; }
  static constexpr void apply(Record& r, Lane& velocity, Lane second) {
    velocity = velocity + r.gradient;
    r.emitted[0] = {r.gradient, velocity}, r.emitted[1] = {abs(r.gradient), second.number(1)};
    r.update = second * r.gradient;
  }
};

/// The sums of p g and g g.
using Decayed = detail::Plan<WeightDecay>;
constexpr short node_of(short stream) {
  short node = 0;
  while (!(Decayed::traced.graph.nodes[node] == detail::Node{.op = detail::Op::stream, .a = stream})) ++node;
  return node;
}
constexpr short p_node = node_of(0), g_node = node_of(1);
struct Products : Decayed::Looking<detail::MeasuredNodes{4, {p_node, g_node, g_node, g_node}}> {
  static constexpr bool sums = true;
};

template <class T>
struct Arrays {
  std::vector<T> parameter, gradient;
};

/// Both sums, taken over that many elements at a time.
template <class Backend, class T>
std::array<double, 2> in_pieces(Arrays<T> x, std::size_t piece) {
  detail::TermSums<Backend, Products> sums;
  const T none{};
  for (std::size_t first = 0; first < x.gradient.size(); first += piece)
    sums.add(detail::Streams<T, T, 0>{.parameter = x.parameter.data() + first, .gradient = x.gradient.data() + first},
             std::min(piece, x.gradient.size() - first),
             [&](const auto& at, std::size_t size) { Backend::template run<Products>(at, size, &none); });
  std::array<double, 2> total;
  sums.end(total.data());
  return total;
}

/// The documented order of addition, by the tree of sums of squares: of x^2, where x equals y.
template <class T>
double by_tree(const std::vector<T>& x) {
  detail::NormTree<backend::Serial> tree;
  tree.add<detail::Square>(x.data(), x.size());
  return tree.total();
}

using Floats = std::vector<std::vector<float>>;

std::pair<double, double> kept_of(const State& state) {
  std::pair<double, double> kept;
  state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    if constexpr (std::same_as<decltype(values), std::span<const double>>)
      if (leaf.empty() && slot == "clock") kept = {values[1], values[2]};
  });
  return kept;
}

/// Takes two steps of leaves of the given sizes; checks both sums against a plain loop in long double.
template <class... Extra>
State check_sums(const std::vector<std::size_t>& sizes, const Extra&... extra) {
  Floats theta;
  for (const std::size_t size : sizes) theta.emplace_back(size);
  const Optimizer<Emitting> optimizer;
  auto state = optimizer.init(theta);
  Floats velocity = theta;
  for (std::uint64_t step = 0; step < 2; ++step) {
    Floats g;
    for (const std::size_t size : sizes) g.push_back(support::gradient<float>(size, step + size));
    long double first = 0, second = 0;
    for (std::size_t l = 0; l < g.size(); ++l)
      for (std::size_t i = 0; i < g[l].size(); ++i) {
        velocity[l][i] += g[l][i];
        first += static_cast<long double>(g[l][i]) * velocity[l][i], second += std::abs(g[l][i]);
      }
    const double rate = kept_of(state).second;
    const Floats before = theta;
    optimizer.ascend(theta, g, state, extra...);
    CHECK(kept_of(state).first == doctest::Approx(static_cast<double>(first)).epsilon(1e-12));
    CHECK(kept_of(state).second == doctest::Approx(static_cast<double>(second)).epsilon(1e-12));
    for (std::size_t l = 0; l < g.size(); ++l)
      for (std::size_t i = 0; i < g[l].size(); ++i) {
        const volatile float update = static_cast<float>(rate) * g[l][i];  // rounded separately, not fused
        CHECK(theta[l][i] == before[l][i] + update);
      }
  }
  return state;
}

}  // namespace

TEST_SUITE_BEGIN("term_sums");

TEST_CASE_TEMPLATE("neither the pieces in which elements arrive nor the backend changes a bit of a sum", T, float,
                   double) {
  for (const std::size_t size : support::Sizes{0, 1, 3, 31, 32, 33, 1000, 4095, 4096, 4097, 10001}) {
    const Arrays<T> x{support::parameters<T>(size), support::gradient<T>(size, 1)};
    const auto whole = in_pieces<backend::Serial>(x, 20000);
    CHECK(whole[1] == by_tree(x.gradient));
    long double expected = 0;
    for (std::size_t i = 0; i < size; ++i) expected += static_cast<long double>(x.parameter[i]) * x.gradient[i];
    CHECK(whole[0] == doctest::Approx(static_cast<double>(expected)).epsilon(1e-12));
    for (const std::size_t piece : support::Sizes{1, 7, 32, 100, 1024, 4096, 5000, 20000}) {
      CHECK(in_pieces<backend::Serial>(x, piece) == whole);
      CHECK(in_pieces<backend::Simd>(x, piece) == whole);
    }
  }
}

TEST_CASE("products of floats are exact and summed in double") {
  const Arrays<float> x{{3e30f, 1, -3e30f}, {2e30f, 5, 2e30f}};
  CHECK(in_pieces<backend::Simd>(x, 3)[0] == 5);
}

TEST_CASE("emitted terms are summed over all leaves during the pass and are available a step later") {
  for (const auto& sizes : std::vector<std::vector<std::size_t>>{{1}, {3, 2}, {1023, 1025}, {5000, 0, 7}}) {
    const State simd = check_sums(sizes), serial = check_sums(sizes, backend::Serial{});
    CHECK((simd == serial));
  }
}

TEST_CASE("an observer does not change the sums") {
  int seen = 0;
  const State plain = check_sums({2000, 3}), observed = check_sums({2000, 3}, [&](const Report&) { ++seen; });
  CHECK((plain == observed));
  CHECK(seen == 2);
}

TEST_CASE("emitted terms cost no extra pass, and explain lists them") {
  CHECK(detail::Plan<Emitting>::read_passes == 0);
  CHECK(explain(Optimizer<Emitting>()).find("taken as the pass writes: abs(g)") != std::string::npos);
}

TEST_CASE("a skipped step does not change the kept sums") {
  std::vector<double> theta{1, 2};
  const Optimizer optimizer{SkipNonFinite{}, Emitting{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{3, 4}, state);
  const auto kept = kept_of(state);
  optimizer.ascend(theta, std::vector<double>{NAN, 4}, state);
  CHECK(kept_of(state) == kept);
}

TEST_CASE("a bound step tells the same") {
  std::vector<float> theta(3000), other(3000), g = support::gradient<float>(3000, 1);
  const Optimizer<Emitting> optimizer;
  auto state = optimizer.init(theta), other_state = optimizer.init(other);
  auto bound = optimizer.bind(theta, g, state);
  for (int t = 0; t < 3; ++t) bound.ascend(), optimizer.ascend(other, g, other_state);
  CHECK(theta == other);
  CHECK((state == other_state));
}

TEST_SUITE_END();
