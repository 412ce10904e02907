// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace support {

/// Whether two ranges of numbers have the same bytes: unlike ==, this tells zeros and NaNs apart.
template <class X, class Y>
bool same_bits(const X& x, const Y& y) {
  const std::span a(x);
  const std::span b(y);
  return a.size_bytes() == b.size_bytes() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

/// FNV-1a over the bytes of everything that is added.
class Hash {
 public:
  template <class T>
  void add(std::span<const T> x) {
    for (const std::byte byte : std::as_bytes(x)) value_ = (value_ ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3u;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

}  // namespace support
