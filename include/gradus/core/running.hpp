// SPDX-License-Identifier: MIT
#pragma once

namespace gradus::detail {

/// Steps that were requested from a device and may still be running.
class Running {
 public:
  Running() = default;
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  virtual ~Running() = default;

  /// An address that all steps of its type share, and no others.
  virtual const void* kind() const = 0;
  /// Returns when they are done.
  virtual void finish() noexcept = 0;
  /// The same, and throws what they refused.
  virtual void wait() = 0;
};

}  // namespace gradus::detail
