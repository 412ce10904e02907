// SPDX-License-Identifier: MIT
#include <gradus/core/inline.hpp>

#include "support/expanded.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace {

GRADUS_INLINE constexpr int doubled(int x) { return 2 * x; }
static_assert(doubled(21) == 42);

}  // namespace

TEST_CASE("inline: the macro forces inlining only in optimized builds") {
#if defined(__OPTIMIZE__) || defined(__CUDACC__)
  CHECK(std::string_view(EXPANDED(GRADUS_INLINE)) == "[[gnu::always_inline]]");
#else
  CHECK(std::string_view(EXPANDED(GRADUS_INLINE)).empty());
#endif
}
