// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sums.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/one_sweep_norm.hpp>
#include <gradus/core/pairwise_sum.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/square_root.hpp>
#include <gradus/core/step.hpp>

#include <cstddef>
#include <limits>

namespace gradus::detail {

/// What a device measured of all leaves of one element type, in the order of `NormTree`: trees of blocks, then blocks.
struct DeviceResult {
  const double* value = nullptr;  ///< of the first reduction
  std::size_t count = 0;          ///< of each
  std::size_t trees = 0;

  double sum(std::size_t k) const {
    PairwiseSum all;
    for (std::size_t i = 0; i < count; ++i) all.add(value[k * count + i], i < trees ? backend::DeviceTrees::level : 0);
    return all.total();
  }

  /// The sum of `elements` elements from `first`, which begins a block, if no tree holds them.
  double sum(std::size_t k, std::size_t first, std::size_t elements) const {
    const DeviceResult part{value + k * count + first / norm_block, (elements + norm_block - 1) / norm_block};
    return part.sum(0);
  }

  double extreme(std::size_t k, backend::Reduction how) const {
    double most = how.none();
    for (std::size_t i = 0; i < count; ++i) most = how.both(most, value[k * count + i]);
    return most;
  }
};

/// A norm that a device measures in one sweep: for doubles three sums, of which it uses one that neither overflowed nor
/// vanished (Blue, 1978); for floats the plain sum never does.
struct DeviceNorm {
  using Reduction = backend::Reduction;
  static constexpr double unit = blue_unit;
  template <class T>
  static constexpr std::size_t reductions = sizeof(T) < sizeof(double) ? 1 : 3;

  double order = 2;
  double plain = 0, small = 0, large = 0;

  Reduction::Kind kind() const {
    return order == 2 ? Reduction::squares : order == 1 ? Reduction::magnitudes : Reduction::largest;
  }
  static void check(double order) {
    if (order != 1 && order != 2 && order <= std::numeric_limits<double>::max())
      refuse({"a norm of order ", order,
              " is asked for on a device, which measures those of order 1, 2 and "
              "infinity; choose one of them"});
  }

  template <class T>
  void ask(Reduction* reduction) const {
    reduction[0] = {kind(), 1};
    if constexpr (reductions<T> == 3) reduction[1] = {kind(), unit}, reduction[2] = {kind(), 1 / unit};
  }

  template <class T>
  void add(const DeviceResult& result, std::size_t k) {
    if (kind() == Reduction::largest) {
      plain = Reduction{kind()}.both(plain, result.extreme(k, {kind()}));
      return;
    }
    const double sum = result.sum(k);
    const auto times = [&](double x, double factor) { return order == 2 ? x * factor * factor : x * factor; };
    plain += sum;
    small += reductions<T> == 3 ? result.sum(k + 1) : times(sum, unit);
    large += reductions<T> == 3 ? result.sum(k + 2) : times(sum, 1 / unit);
  }

  Norm value() const {
    const auto root = [&](double sum) { return order == 2 ? square_root(sum) : sum; };
    return kind() == Reduction::largest ? Norm{1, plain} : sound_norm(plain, small, large, root);
  }
};

}  // namespace gradus::detail
