// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace support {

/// A small generator (splitmix64) with the same numbers for every compiler and standard library.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed = 1) : state_(seed) {}

  constexpr std::uint64_t bits() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }

  /// In (-1, 1), with all digits random.
  constexpr double symmetric() {
    return static_cast<double>(static_cast<std::int64_t>(bits() >> 11) - (std::int64_t{1} << 52)) * 0x1p-52;
  }

  constexpr std::size_t below(std::size_t end) { return static_cast<std::size_t>(bits() % end); }

 private:
  std::uint64_t state_;
};

using Sizes = std::vector<std::size_t>;

/// Parameters: magnitudes around 1, both signs.
template <class T>
std::vector<T> parameters(std::size_t size, std::uint64_t seed = 1) {
  Random random(seed);
  std::vector<T> x(size);
  for (T& element : x) element = static_cast<T>(2 * random.symmetric());
  return x;
}

/// A realistic gradient: magnitudes over several powers of two, some small, some clipped, and an occasional zero.
template <class T>
std::vector<T> gradient(std::size_t size, std::uint64_t seed = 2) {
  Random random(seed);
  std::vector<T> x(size);
  for (T& element : x) {
    const double magnitude[]{0x1p-12, 0x1p-4, 0.5, 1, 1, 4, 16, 0};
    element = static_cast<T>(random.symmetric() * magnitude[random.below(8)]);
  }
  return x;
}

}  // namespace support
