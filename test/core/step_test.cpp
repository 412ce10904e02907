// SPDX-License-Identifier: MIT
#include <gradus/core/step.hpp>

#include <doctest/doctest.h>

using namespace gradus;

// What is up downhill has the other sign.
static_assert(Step{}.uphill(3) == 3);
static_assert(Step{.down = true}.uphill(3) == -3);

TEST_CASE("a norm is a product, so that no finite input overflows in it") {
  constexpr Norm norm{.scale = 0x1p1000, .rest = 0x1p20};
  CHECK(norm.value() == 0x1p1020);
}
