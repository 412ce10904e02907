// SPDX-License-Identifier: MIT
#include <gradus/recipe/parts.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using gradus::recipe::check_switch;
using gradus::recipe::compose;
using gradus::recipe::part_if;

TEST_CASE("a part that is not wanted is not in the type") {
  const auto optimizer = compose<0>(part_if<true>(gradus::Clip{2}), part_if<false>(gradus::Momentum{}),
                                    part_if<true>(gradus::LearningRate{0.5}));
  CHECK(std::same_as<decltype(optimizer), const gradus::Optimizer<gradus::Clip, gradus::LearningRate>>);
  CHECK(optimizer.get<gradus::Clip>().value == 2);
  CHECK(optimizer.get<gradus::LearningRate>().rate == 0.5);
}

TEST_CASE("what is asked for at run time must be in the type") {
  CHECK_NOTHROW(check_switch("adam", "amsgrad", true, true));
  CHECK_NOTHROW(check_switch("adam", "amsgrad", false, false));
  CHECK_THROWS_WITH_AS(check_switch("adam", "amsgrad", false, true),
                       "gradus: recipe::adam: amsgrad is not in the type; write it as recipe::adam<{.amsgrad = ...}>",
                       gradus::Refused);
  CHECK_THROWS_AS(check_switch("adam", "weight_decay", 0.0, 0.1), gradus::Refused);
}

TEST_CASE("a number that is 0 switches off what is in the type, a bool cannot") {
  CHECK_NOTHROW(check_switch("adam", "weight_decay", 0.1, 0.0));
  CHECK_THROWS_WITH_AS(check_switch("adam", "amsgrad", true, false),
                       "gradus: recipe::adam: amsgrad is in the type, and a value cannot switch it off; give .amsgrad = "
                       "true, or leave it out of recipe::adam<{...}>",
                       gradus::Refused);
}
