// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace gradus {

/// Memory bandwidth: all that a step of many elements waits for.
struct Bandwidth {
  double bytes_per_second = 0;

  /// What one thread of this machine moves: the median of some sweeps that add one array to another, over `bytes` in
  /// all, which should be several times what the caches hold. Takes that much memory and about a second; meaningful
  /// only if the compiler optimizes.
  static Bandwidth measured(std::size_t bytes = std::size_t{512} << 20) {
    std::vector<double> sum(bytes / (2 * sizeof(double)) + 1), term(sum.size(), 1.0);
    std::array<double, 7> seconds;
    for (double& time : seconds) {
      const auto start = std::chrono::steady_clock::now();
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += term[i];
      time = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      term[0] = sum.back();  // else the compiler could merge the sweeps
    }
    std::ranges::nth_element(seconds, seconds.begin() + seconds.size() / 2);
    return {static_cast<double>(3 * sizeof(double) * sum.size()) / seconds[seconds.size() / 2]};
  }
};

}  // namespace gradus
