// SPDX-License-Identifier: MIT
#include <gradus/step/pass.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

// Shared passes are tested here through steps of policies with sums; the rest is tested with run.

namespace {

/// Multiplies the update by its own sums, with an offset that tells them apart.
template <bool PerLeaf>
struct Told {
  static constexpr bool per_leaf = PerLeaf;
  static constexpr Name sums[]{"u p", "1"};
  static constexpr Name scalars[]{"both"};
  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const { return {sum[0] + 100 * sum[1]}; }
  static constexpr std::array<Term, 2> terms(const Record& r) {
    const Lane one = r.update.number(1);
    return {{{r.update, r.parameter}, {one, one}}};
  }
  static constexpr void apply(Record& r, Lane both) { r.update = r.update * both; }
};

using Vectors = std::vector<std::vector<double>>;

}  // namespace

TEST_SUITE_BEGIN("pass");

TEST_CASE("sums can be taken over all leaves or per leaf") {
  Vectors theta{{1, 2}, {3}};
  const Vectors g{{4, 5}, {6}};
  const Optimizer all{Told<false>{}};
  auto state = all.init(theta);
  all.ascend(theta, g, state);
  const double sum = 4 * 1 + 5 * 2 + 6 * 3 + 300;
  CHECK(theta == Vectors{{1 + 4 * sum, 2 + 5 * sum}, {3 + 6 * sum}});

  theta = {{1, 2}, {3}};
  const Optimizer each{Told<true>{}};
  auto of_each = each.init(theta);
  each.ascend(theta, g, of_each);
  CHECK(theta == Vectors{{1 + 4 * 214.0, 2 + 5 * 214.0}, {3 + 6 * 118.0}});
}

TEST_CASE("a policy sums what it receives, after the policies and sums in front of it") {
  Vectors theta{{1}};
  const Optimizer optimizer{LearningRate{0.5}, Told<true>{}, Told<false>{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{4}}, state);
  const double first = 2 * 1 + 100, second = 2 * first * 1 + 100;
  CHECK(theta[0][0] == 1 + 2 * first * second);
}

TEST_CASE("a leaf without a gradient is left out of sums") {
  Vectors theta{{1, 2}, {3}};
  using Gradients = std::vector<std::optional<std::vector<double>>>;
  const Optimizer all{Told<false>{}};
  auto state = all.init(theta);
  all.ascend(theta, Gradients{std::nullopt, {{6.0}}}, state);
  CHECK(theta == Vectors{{1, 2}, {3 + 6 * (18 + 100.0)}});
}

TEST_CASE("downhill the sums are of the negated gradient") {
  double theta = 2;
  const Optimizer all{Told<false>{}};
  auto state = all.init(theta);
  all.descend(theta, 3.0, state);
  CHECK(theta == 2 - 3 * (-6 + 100.0));
}

TEST_CASE("floats are summed in double, for views and copied states too") {
  std::vector<float> theta(3000, 1), other = theta;
  const std::vector<float> g(3000, 1e-4f);
  const Optimizer optimizer{Normalize{0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(theta[0] == doctest::Approx(1 + 1 / std::sqrt(3000.0)));
  const auto copy = state;
  auto again = copy;
  theta = other;
  optimizer.ascend(theta, g, again);
  optimizer.ascend(other, g, state, backend::Serial{});
  CHECK(theta == other);
}

TEST_SUITE_END();
