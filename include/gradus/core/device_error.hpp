// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace gradus {

/// What a device's library failed at: the call, what it was for, and what the library says of it.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gradus
