// SPDX-License-Identifier: MIT
#pragma once

#include "tensors.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>

namespace oracle {

/// The largest deviation from a record so far, relative to what is allowed at that point: above 1 it is too large.
class Deviation {
 public:
  void compare(double ours, double recorded, double allowed, const std::string& where) {
    ++compared_;
    const double off = std::abs(ours - recorded);
    // For subnormal records the allowed deviation rounds to zero, so only equality passes. A NaN deviates infinitely.
    const double ratio = off == 0 ? 0 : off / allowed;
    const double deviation = ratio >= 0 ? ratio : std::numeric_limits<double>::infinity();
    if (deviation > worst_) worst_ = deviation, where_ = where;
  }

  /// Element by element; each may deviate by `tolerance` times its scale.
  template <class Ours>
  void compare_all(const Ours& ours, const std::vector<double>& recorded, double tolerance,
                   const std::vector<double>& scale, const std::string& where) {
    if (ours.size() != recorded.size())
      throw std::runtime_error(where + ": " + std::to_string(ours.size()) + " elements, recorded are " +
                               std::to_string(recorded.size()));
    for (std::size_t i = 0; i < recorded.size(); ++i)
      compare(static_cast<double>(ours[i]), recorded[i], tolerance * scale.at(i),
              where + ", element " + std::to_string(i));
  }

  double worst() const { return worst_; }
  const std::string& where() const { return where_; }
  std::size_t compared() const { return compared_; }

 private:
  double worst_ = 0;
  std::string where_;
  std::size_t compared_ = 0;
};

/// Keeps the larger magnitude, element by element: the scale of every element's deviation.
inline void widen(Tensors<double>& scale, const Tensors<double>& values) {
  for (std::size_t l = 0; l < scale.size(); ++l)
    for (std::size_t i = 0; i < scale[l].size(); ++i) scale[l][i] = std::max(scale[l][i], std::abs(values.at(l).at(i)));
}

inline Tensors<double> magnitudes(Tensors<double> values) {
  widen(values, values);
  return values;
}

/// One scale for all elements of an array: the largest magnitude in it.
inline std::vector<double> common_scale(const std::vector<double>& values) {
  double largest = 0;
  for (const double x : values) largest = std::max(largest, std::abs(x));
  return std::vector<double>(values.size(), largest);
}

}  // namespace oracle
