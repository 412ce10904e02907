// SPDX-License-Identifier: MIT
#include <gradus/core/says.hpp>

#include <doctest/doctest.h>

namespace {

struct Silent {};
struct Yes {
  static constexpr bool once = true, closes = true, grows = true;
};
struct No {
  static constexpr bool once = false, ends = false, grows = false;
};

}  // namespace

TEST_SUITE_BEGIN("says");

TEST_CASE("what a policy does not say is false, as is what it denies") {
  static_assert(gradus::once_of<Yes> && gradus::grows_of<Yes>);
  static_assert(!gradus::once_of<Silent> && !gradus::ends_of<Silent> && !gradus::divides_of<Silent>);
  static_assert(!gradus::once_of<No> && !gradus::ends_of<No> && !gradus::grows_of<No>);
}

TEST_CASE("what defines where the parameter ends also ends the update") {
  static_assert(gradus::closes_of<Yes> && gradus::ends_of<Yes>);
}
