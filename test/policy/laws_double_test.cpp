// SPDX-License-Identifier: MIT
#include "support/laws.hpp"

TEST_SUITE_BEGIN("laws");

TEST_CASE_TEMPLATE_DEFINE("every policy obeys the laws over double", P, over_double) {
  support::Laws<P, double>{}.all();
}

TEST_CASE_TEMPLATE_APPLY(over_double, support::AllPolicies);

TEST_SUITE_END();
