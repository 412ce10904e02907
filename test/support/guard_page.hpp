// SPDX-License-Identifier: MIT
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <new>
#include <span>

namespace support {

/// Memory between two pages that must not be accessed, one before it and one after it.
class GuardedMemory {
 public:
  explicit GuardedMemory(std::size_t bytes) : size_((bytes + page() - 1) / page() * page()) {
    start_ = static_cast<std::byte*>(mmap(nullptr, size_ + 2 * page(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (start_ == MAP_FAILED || mprotect(start_ + page(), size_, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
  }
  GuardedMemory(const GuardedMemory&) = delete;
  GuardedMemory& operator=(const GuardedMemory&) = delete;
  ~GuardedMemory() { munmap(start_, size_ + 2 * page()); }

  /// The given number of elements, directly before the page that follows.
  template <class T>
  std::span<T> at_end(std::size_t count) const {
    return {reinterpret_cast<T*>(start_ + page() + size_) - count, count};
  }
  /// The given number of elements, directly after the page that precedes.
  template <class T>
  std::span<T> at_start(std::size_t count) const {
    return {reinterpret_cast<T*>(start_ + page()), count};
  }

 private:
  static std::size_t page() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

  std::byte* start_;
  std::size_t size_;
};

}  // namespace support
