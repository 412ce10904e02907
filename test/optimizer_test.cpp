// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

// Checked before anything else is included.
#if defined(XTENSOR_VERSION_MAJOR) || defined(XTENSOR_CONFIG_HPP) || defined(XTENSOR_USE_XSIMD) || \
    defined(XTL_CONFIG_HPP)
#define XTENSOR_IS_HERE
#endif

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace xt {
// Would clash with xtensor's alias of this name if that were visible.
template <class T>
struct xarray {};
}  // namespace xt

// A program's own words, which the engine uses too.
struct Graph {};
struct Leaf {};
struct Node {};
struct Path {};
struct Plan {};
struct Run {};
struct Set {};

TEST_SUITE_BEGIN("door without xtensor");

TEST_CASE("a program that uses the namespace keeps its own words") {
  using namespace gradus;
  CHECK(sizeof(Graph) + sizeof(Leaf) + sizeof(Node) + sizeof(Path) + sizeof(Plan) + sizeof(Run) + sizeof(Set) == 7);
}

TEST_CASE("it does not include xtensor and defines none of its macros") {
#if defined(XTENSOR_IS_HERE)
  FAIL_CHECK("xtensor is included, or a macro of it defined");
#endif
  CHECK_FALSE(gradus::Tensor<xt::xarray<double>>);
}

TEST_CASE("the header includes optimizer, policies, schedules, recipes, backends, driver and explain") {
  const gradus::Optimizer optimizer{
      gradus::RefuseNonFinite{}, gradus::Clip{},        gradus::ClipNorm{},     gradus::Momentum{}, gradus::Nesterov{},
      gradus::Adaptive{},        gradus::WeightDecay{}, gradus::LearningRate{}, gradus::Warmup{},   gradus::Decay{}};
  std::vector<double> theta{4, -2};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, theta, state, gradus::backend::Serial{});
  optimizer.descend(theta, theta, state, gradus::backend::Simd{});
  CHECK(theta[0] < 4);
  CHECK(theta[1] > -2);
  CHECK(gradus::explain(optimizer).find("velocity") != std::string::npos);

  const auto square = [](const std::vector<double>& at, std::vector<double>& slope) {
    slope = {2 * at[0], 2 * at[1]};
    return at[0] * at[0] + at[1] * at[1];
  };
  CHECK(gradus::check_gradient(square, theta).good());
  CHECK(gradus::minimize(square, theta, gradus::recipe::sgd(), {.steps = 5}).steps == 5);
}

TEST_SUITE_END();
