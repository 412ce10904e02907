// SPDX-License-Identifier: MIT
#include "support/laws.hpp"

TEST_SUITE_BEGIN("laws");

TEST_CASE_TEMPLATE_DEFINE("every policy obeys the laws over float", P, over_float) {
  support::Laws<P, float>{}.all();
}

TEST_CASE_TEMPLATE_APPLY(over_float, support::AllPolicies);

TEST_SUITE_END();
