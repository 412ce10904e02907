// SPDX-License-Identifier: MIT
#include <gradus/drive/objective.hpp>

#include <doctest/doctest.h>

#include <vector>

TEST_CASE("an objective is two functions or one") {
  using Theta = std::vector<double>;
  const auto two = gradus::objective([](const Theta& x) { return x[0]; }, [](const Theta& x) { return x; });
  const auto one = [](const Theta& x, Theta& gradient) { return gradient = x, x[0]; };
  const auto neither = [](const Theta& x) { return x[0]; };
  CHECK(gradus::TwoPartObjective<decltype(two), Theta>);
  CHECK_FALSE(gradus::FusedObjective<decltype(two), Theta>);
  CHECK(gradus::FusedObjective<decltype(one), Theta>);
  CHECK_FALSE(gradus::TwoPartObjective<decltype(neither), Theta>);
  CHECK_FALSE(gradus::FusedObjective<decltype(neither), Theta>);
  CHECK(two.value({3, 1}) == 3);
  CHECK(two.gradient({3, 1}) == Theta{3, 1});
}
