// SPDX-License-Identifier: MIT
#include <gradus/core/device_error.hpp>

#include <gradus/core/refuse.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string_view>
#include <type_traits>

using gradus::DeviceError;

// Code that catches refusals must not catch a failing device.
static_assert(std::is_base_of_v<std::runtime_error, DeviceError>);
static_assert(!std::is_base_of_v<gradus::Refused, DeviceError> && !std::is_convertible_v<const char*, DeviceError>);

TEST_CASE("device error: keeps its message") {
  try {
    throw DeviceError("gradus: a call failed: no device");
  } catch (const std::runtime_error& error) {
    CHECK(std::string_view(error.what()) == "gradus: a call failed: no device");
  }
  CHECK_THROWS_AS(throw DeviceError(std::string("same")), DeviceError);
}
