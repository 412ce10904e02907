// SPDX-License-Identifier: MIT
#include "support/laws.hpp"

TEST_SUITE_BEGIN("laws");

TEST_CASE_TEMPLATE_DEFINE("every policy obeys the laws", P, every_policy) {
  support::Laws<P, float>{}.all();
  support::Laws<P, double>{}.all();
}

TEST_CASE_TEMPLATE_APPLY(every_policy, support::AllPolicies);

TEST_SUITE_END();
