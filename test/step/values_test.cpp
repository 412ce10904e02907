// SPDX-License-Identifier: MIT
#include <gradus/step/values.hpp>

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/schedule/by_leaf.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("values");

TEST_CASE("the first hyper-parameter out of range for the element type is refused") {
  CHECK_NOTHROW(detail::check_values<double>(detail::Pack{LearningRate{1}, Adaptive{0.5, 1e-60}}));
  CHECK_THROWS_WITH(detail::check_values<float>(detail::Pack{LearningRate{1}, Adaptive{0.5, 1e-60}}),
                    doctest::Contains("Adaptive.epsilon is 1e-60, which is 0 in float"));
  CHECK_THROWS_WITH(detail::check_values<double>(detail::Pack{LearningRate{-1}, Adaptive{2}}),
                    doctest::Contains("LearningRate.rate is -1"));
}

TEST_CASE("a leaf's own hyper-parameter is checked for the element type of that leaf") {
  std::vector<detail::LeafSlots> leaves(2);
  leaves[0].name = "a", leaves[0].element = &detail::element_type<float>;
  leaves[1].name = "b", leaves[1].element = &detail::element_type<double>;
  const auto check = [&](double a, double b) {
    detail::check_values_of_leaves(detail::Pack{by_leaf<&Adaptive::epsilon>({{"a", a}, {"b", b}})}, leaves,
                                   detail::Elements<float, double>{});
  };
  CHECK_NOTHROW(check(1, 1));
  CHECK_NOTHROW(check(1, 1e-60));
  CHECK_THROWS_WITH(check(1e-60, 1), doctest::Contains("Adaptive.epsilon is 1e-60, which is 0 in float"));
  CHECK_THROWS_WITH(check(1, -1), doctest::Contains("Adaptive.epsilon is -1"));
}

TEST_SUITE_END();
