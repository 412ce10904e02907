// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace gradus {

/// A failed call of a device's library: the call, its purpose, and the library's message.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gradus
