// SPDX-License-Identifier: MIT
#include <gradus/policy/refuse_non_finite.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <utility>

using namespace gradus;

TEST_SUITE_BEGIN("refuse non-finite");

TEST_CASE_TEMPLATE("nothing changes, and the first such element is named", T, float, double) {
  std::vector<T> theta(5000, 1), gradient(5000, 2);
  Optimizer optimizer{Clip{}, Momentum{}, RefuseNonFinite{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  const auto theta_before = theta;
  const auto state_before = state;
  for (const std::size_t at : support::Sizes{0, 17, 1023, 1024, 4999}) {
    for (const double bad : {support::not_a_number, support::infinity, -support::infinity}) {
      auto broken = gradient;
      broken[at] = static_cast<T>(bad), broken[4999] = static_cast<T>(support::infinity);
      const auto sentence = "gradus: the gradient of parameter is " +
                            detail::text(at == 4999 ? support::infinity : bad) + " at element " + std::to_string(at);
      CHECK_THROWS_WITH_AS(optimizer.ascend(theta, broken, state), doctest::Contains(sentence.c_str()), Refused);
      CHECK_THROWS_AS(optimizer.descend(theta, broken, state), Refused);
      CHECK(support::same_bits(theta, theta_before));
      CHECK((state == state_before));
    }
  }
  CHECK_NOTHROW(optimizer.ascend(theta, gradient, state));
  CHECK(state.step() == 2);
}

TEST_CASE("it names the leaf, and no leaf changes") {
  std::pair<std::vector<double>, std::vector<float>> theta{{1, 2}, {3}};
  const std::pair<std::vector<double>, std::vector<float>> gradient{{1, 1}, {std::numeric_limits<float>::infinity()}};
  Optimizer optimizer{ClipNorm{}, RefuseNonFinite{}};
  auto state = optimizer.init(theta);
  CHECK_THROWS_WITH(optimizer.ascend(theta, gradient, state),
                    doctest::Contains("the gradient of [1] is inf at element 0"));
  CHECK(theta.first == std::vector<double>{1, 2});
  CHECK(state.step() == 0);
}

TEST_CASE("the largest number is finite") {
  double theta = 0;
  Optimizer optimizer{RefuseNonFinite{}, Clip{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::numeric_limits<double>::max(), state);
  CHECK(theta == 1);
}

TEST_SUITE_END();
