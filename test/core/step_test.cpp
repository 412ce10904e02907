// SPDX-License-Identifier: MIT
#include <gradus/core/step.hpp>

#include <doctest/doctest.h>

using namespace gradus;

// In descent, uphill() changes the sign.
static_assert(Step{}.uphill(3) == 3);
static_assert(Step{.down = true}.uphill(3) == -3);

static_assert(Step{}.count == 1 && Step{}.leaf == 1 && Step{}.rate == 1 && Step{}.of == &no_leaf);
static_assert(Instant{}.step == 1 && Instant{}.run == nullptr && Instant{}.value == 0 && !Instant{}.down);
static_assert(Norm{}.value() == 0 && Norm{.rest = 3}.value() == 3);

TEST_CASE("a norm is the product of two factors, so that no finite input overflows") {
  constexpr Norm norm{.scale = 0x1p1000, .rest = 0x1p20};
  CHECK(norm.value() == 0x1p1020);
}
