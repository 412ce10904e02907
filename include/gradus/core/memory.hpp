// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/space.hpp>

#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

namespace gradus::detail {

/// A piece of memory of any kind, zeroed when it is made. A value type: a copy lies in the same kind of memory, and
/// equality compares every bit.
class Memory {
 public:
  Memory() = default;
  Memory(const Space& space, std::size_t bytes)
      : space_(&space), bytes_(bytes), data_(bytes ? static_cast<std::byte*>(space.allocate(bytes)) : nullptr) {}
  Memory(const Memory& other) : Memory(*other.space_, other.bytes_) {
    if (bytes_) space_->copy(data_, other.data_, bytes_);
  }
  Memory(Memory&& other) noexcept { swap(other); }
  /// Reuses the memory that is there, if its size and kind are the same.
  Memory& operator=(const Memory& other) {
    if (space_ != other.space_ || bytes_ != other.bytes_) return *this = Memory(other);
    if (bytes_ && data_ != other.data_) space_->copy(data_, other.data_, bytes_);
    return *this;
  }
  Memory& operator=(Memory&& other) noexcept {
    Memory taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Memory() {
    if (data_) space_->release(data_);
  }

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return bytes_; }
  const Space& space() const { return *space_; }
  bool on_host() const { return space_ == &host_space; }

  friend bool operator==(const Memory& a, const Memory& b) {
    if (a.bytes_ != b.bytes_) return false;
    if (a.bytes_ == 0) return true;
    if (a.on_host() && b.on_host()) return std::memcmp(a.data_, b.data_, a.bytes_) == 0;
    return a.on_this_host() == b.on_this_host();
  }

 private:
  void swap(Memory& other) noexcept {
    std::swap(space_, other.space_), std::swap(bytes_, other.bytes_), std::swap(data_, other.data_);
  }
  std::vector<std::byte> on_this_host() const {
    std::vector<std::byte> here(bytes_);
    space_->copy(here.data(), data_, bytes_);
    return here;
  }

  const Space* space_ = &host_space;
  std::size_t bytes_ = 0;
  std::byte* data_ = nullptr;
};

}  // namespace gradus::detail
