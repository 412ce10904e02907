// SPDX-License-Identifier: MIT
#include <gradus/core/device.hpp>

#include "support/expanded.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace {

GRADUS_DEVICE constexpr int twice(int x) { return 2 * x; }
static_assert(twice(21) == 42);

}  // namespace

TEST_CASE("device: the macro is empty except for a device compiler") {
#ifdef __CUDACC__
  CHECK(std::string_view(EXPANDED(GRADUS_DEVICE)) == "__host__ __device__");
#else
  CHECK(std::string_view(EXPANDED(GRADUS_DEVICE)).empty());
#endif
}
