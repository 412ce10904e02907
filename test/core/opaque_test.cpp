// SPDX-License-Identifier: MIT
#include <gradus/core/opaque.hpp>

#include <doctest/doctest.h>

#include <limits>

static_assert(gradus::opaque(2.5) == 2.5);

TEST_SUITE_BEGIN("opaque");

TEST_CASE_TEMPLATE("a product passed through opaque is rounded before it is added", T, float, double) {
  volatile T above = 1 + std::numeric_limits<T>::epsilon(), below = 1 - std::numeric_limits<T>::epsilon();
  const T x = above, y = below;
  CHECK(gradus::opaque(x * y) - 1 == 0);  // if fused, this would be -eps^2
}

TEST_CASE("opaque returns its argument") {
  CHECK(gradus::opaque(0.1) == 0.1);
  CHECK(gradus::opaque(-3.0f) == -3.0f);
}

TEST_SUITE_END();
