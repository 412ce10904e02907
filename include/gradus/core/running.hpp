// SPDX-License-Identifier: MIT
#pragma once

namespace gradus {

/// What steps have been asked of a device and may still be going on.
class Running {
 public:
  Running() = default;
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  virtual ~Running() = default;

  /// The address of something that all steps of its type share, and no others.
  virtual const void* kind() const = 0;
  /// Returns when they are done.
  virtual void finish() noexcept = 0;
  /// The same, and throws what they refused.
  virtual void wait() = 0;
};

}  // namespace gradus
