// SPDX-License-Identifier: MIT
#include <gradus/step/kept.hpp>

#include "support/refusals.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("kept");

TEST_CASE("leaves are found by name; the only one needs none") {
  const Optimizer optimizer{Momentum{}};
  const std::vector<double> one(3);
  const std::vector<std::vector<double>> two{{1}, {2, 3}};
  const State of_one = optimizer.init(one), of_two = optimizer.init(two);
  CHECK(detail::kept(of_one).find("") == 0);
  CHECK(detail::kept(of_two).find("[1]") == 1);
  CHECK_THROWS_WITH_AS(detail::kept(of_two).find("[2]"),
                       "gradus: the state has no leaf \"[2]\"; State::visit shows all names", Refused);
  CHECK_THROWS_AS(detail::kept(of_two).find(""), Refused);
}

TEST_CASE("slots lie apart from each other, each on its own cache lines") {
  const Optimizer optimizer{Momentum{}, Momentum{}};
  const std::vector<std::vector<double>> theta{{1, 2, 3}, {4}};
  State state = optimizer.init(theta);
  detail::Kept& kept = detail::kept(state);
  const auto at = [&](std::size_t leaf, std::size_t slot) {
    return reinterpret_cast<std::uintptr_t>(kept.at<double>(leaf, slot));
  };
  CHECK(at(0, 0) % line_size == 0);
  CHECK(at(0, 1) >= at(0, 0) + 3 * sizeof(double));
  CHECK(at(1, 0) >= at(0, 1) + 3 * sizeof(double));
  CHECK(at(1, 1) % line_size == 0);
}

TEST_CASE("an instant is the step to come, with the run's numbers") {
  const Optimizer optimizer{Momentum{}};
  std::vector<double> theta(2), gradient(2);
  State state = optimizer.init(theta);
  CHECK(detail::kept(state).instant(4, true).step == 1);
  optimizer.ascend(theta, gradient, state);
  const Instant next = detail::kept(state).instant(4, true);
  CHECK(next.step == 2);
  CHECK(next.value == 4);
  CHECK(next.down);
}

TEST_CASE("two leaves of one name are refused") {
  const Optimizer optimizer{Momentum{}};
  using Inner = std::map<std::string, std::vector<double>>;
  const std::map<std::string, Inner> theta{{"a", {{"b.c", {1}}}}, {"a.b", {{"c", {2}}}}};
  CHECK_THROWS_WITH_AS(static_cast<void>(optimizer.init(theta)), doctest::Contains("two leaves are called \"a.b.c\""),
                       Refused);
}

TEST_CASE("two leaves of one name are refused, whatever stands between them") {
  const Optimizer optimizer{Momentum{}};
  using Inner = std::map<std::string, std::vector<double>>;
  const std::map<std::string, Inner> theta{{"a", {{"b.c", {1}}, {"d", {1}}}}, {"a.b", {{"a", {1}}, {"c", {2}}}}};
  CHECK_THROWS_WITH_AS(static_cast<void>(optimizer.init(theta)), doctest::Contains("two leaves are called \"a.b.c\""),
                       Refused);
}

TEST_CASE("a lone leaf is found without a name, or by its own, and by no other") {
  const auto state = Optimizer{Momentum{}}.init(std::vector<double>{1});
  CHECK(detail::kept(state).find("") == 0);
  CHECK(detail::kept(state).find("parameter") == 0);
  CHECK_THROWS_WITH_AS(static_cast<void>(detail::kept(state).find("weight")), doctest::Contains("no leaf \"weight\""),
                       Refused);
}

TEST_SUITE_END();
