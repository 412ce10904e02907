// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

namespace bench {

/// Floats that start on a cache line, shifted by some lines.
class Array {
 public:
  Array(std::size_t size, std::size_t lines)
      : data_(static_cast<float*>(::operator new((size + lines * 16) * sizeof(float), line))),
        size_(size),
        first_(lines * 16) {}

  std::span<float> span() { return {data_.get() + first_, size_}; }

 private:
  static constexpr std::align_val_t line{64};
  struct Free {
    void operator()(float* x) const { ::operator delete(x, line); }
  };
  std::unique_ptr<float[], Free> data_;
  std::size_t size_, first_;
};

/// Numbers of magnitude 0.5 to 1.5, half of them negative, the same in every run.
inline void fill(std::span<float> x, std::uint32_t seed) {
  for (float& one : x) {
    seed = seed * 1664525u + 1013904223u;
    const float magnitude = 0.5f + static_cast<float>(seed >> 9) * 0x1p-23f;
    one = seed & 0x100u ? magnitude : -magnitude;
  }
}

}  // namespace bench
