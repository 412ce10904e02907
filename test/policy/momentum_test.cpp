// SPDX-License-Identifier: MIT
#include <gradus/policy/momentum.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/learning_rate.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// v = 0.5 * 4 + (1 - 0.25) * 8 = 8, p = 1 + 8.
static_assert(constant_step(Pack{Momentum{0.5, 0.25}}, Element<1>{1, {4}}, 8) == Element<1>{9, {8}});
static_assert(constant_step<true>(Pack{Momentum{0.5}}, Element<1>{1, {4}}, 8) == Element<1>{-5, {-6}});
// The first step is not dampened: v = 0.5 * 0 + 8; the second is.
static_assert(constant_step(Pack{TorchMomentum{0.5, 0.25}}, Element<1>{1, {0}}, 8) == Element<1>{9, {8}});
static_assert(constant_step(Pack{TorchMomentum{0.5, 0.25}}, Element<1>{1, {4}}, 8, 2) == Element<1>{9, {8}});
// v = 0.75 * 4 + 0.25 * 8 = 5.
static_assert(constant_step(Pack{AveragedMomentum{0.75}}, Element<1>{1, {4}}, 8) == Element<1>{6, {5}});
// v = 0.5 * 6 + 0.5 * 12 = 9, u = 9 / (1 - 0.5^2) = 12.
static_assert(constant_step(Pack{CorrectedMomentum{0.5}}, Element<1>{1, {6}}, 12, 2).slot[0] == 9);
static_assert(constant_step(Pack{CorrectedMomentum{0.5}}, Element<1>{1, {0}}, 12, 1) == Element<1>{13, {6}});

namespace {

// Where the gradients 1, 2, 3, ... lead from 0.
template <class P>
double climb(const P& policy, int steps) {
  double theta = 0;
  Optimizer<P> optimizer(policy);
  auto state = optimizer.init(theta);
  for (int step = 1; step <= steps; ++step) optimizer.ascend(theta, 1.0 * step, state);
  return theta;
}

}  // namespace

TEST_SUITE_BEGIN("momentum");

TEST_CASE("the plain form sums up, by default with factor 0.9 and no dampening") {
  CHECK(Momentum{}.factor == 0.9);
  CHECK(Momentum{}.dampening == 0);
  CHECK(climb(Momentum{0.5}, 3) == 1 + 2.5 + 4.25);
  CHECK(climb(Momentum{0.5, 0.5}, 3) == (1 + 2.5 + 4.25) / 2);
}

TEST_CASE("the forms give different results") {
  CHECK(climb(TorchMomentum{0.5, 0.5}, 3) == 1 + 1.5 + 2.25);
  CHECK(climb(TorchMomentum{0.5}, 3) == climb(Momentum{0.5}, 3));
  CHECK(climb(AveragedMomentum{0.5}, 3) == climb(Momentum{0.5, 0.5}, 3));
  CHECK(climb(CorrectedMomentum{0.5}, 1) == 1);
  CHECK(climb(CorrectedMomentum{0.5}, 2) == doctest::Approx(1 + 1.25 / 0.75));
}

TEST_CASE("the corrected form of a constant is that constant") {
  double theta = 0;
  Optimizer<CorrectedMomentum> optimizer;
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 100; ++step) optimizer.ascend(theta, 0.5, state);
  CHECK(theta == doctest::Approx(50).epsilon(1e-13));
}

TEST_CASE("the velocity is a slot, 0 at first") {
  std::vector<double> theta{1, 2};
  Optimizer optimizer{Momentum{0.5}};
  auto state = optimizer.init(theta);
  CHECK(state.slot<double>("velocity")[1] == 0);
  optimizer.descend(theta, theta, state);
  CHECK(state.slot<double>("velocity")[1] == -2);
}

TEST_CASE("behind a rate it sums steps") {
  double theta = 0;
  Optimizer optimizer{LearningRate{0.5}, Momentum{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 4.0, state);
  optimizer.get<LearningRate>().rate = 0.25;
  optimizer.ascend(theta, 4.0, state);
  CHECK(theta == 2 + (1 + 1));
}

TEST_CASE("factor and dampening lie in [0, 1)") {
  const std::vector<double> taken{0, 0.9, 1 - 1e-16}, refused{1, -0.1, support::not_a_number, support::infinity};
  support::ranges(&Momentum::factor, "Momentum.factor", taken, refused);
  support::ranges(&Momentum::dampening, "Momentum.dampening", taken, refused);
  support::ranges(&TorchMomentum::factor, "TorchMomentum.factor", taken, refused);
  support::ranges(&TorchMomentum::dampening, "TorchMomentum.dampening", taken, refused);
  support::ranges(&AveragedMomentum::factor, "AveragedMomentum.factor", taken, refused);
  support::ranges(&CorrectedMomentum::factor, "CorrectedMomentum.factor", taken, refused);
}

TEST_SUITE_END();
