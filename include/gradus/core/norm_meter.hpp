// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/square_root.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace gradus::detail {

/// Refuses an order for which the norm of complex numbers is not that of their parts.
inline void check_order_of_complex(double order) {
  if (order != 2) refuse({"order is ", order, ", and of complex numbers only the Euclidean norm is taken; give 2"});
}

/// Measures a norm in as many sweeps over the same numbers as it needs. The cheap sum comes first; only if that could
/// have overflowed or vanished, or the order has none, one sweep finds the largest magnitude and one sums powers in
/// units of it. So no finite input overflows or vanishes, and ordinary input is read once.
template <class Backend>
class NormMeter {
 public:
  NormMeter() = default;
  explicit NormMeter(double order) { start(order); }

  /// Sets the order of the norm, which is Euclidean by default.
  void start(double order) {
    order_ = order;
    if (order == 2) [[likely]]
      mode_ = squares;
    else mode_ = order == 1 ? magnitudes : largest, most_ = 0;
  }

  /// Takes the next numbers of the sweep.
  template <class T>
  void add(const T* x, std::size_t size) {
    if (mode_ == squares) [[likely]]
      tree_.template add<Square>(x, size);
    else add_rarely(x, size);
  }

  /// Ends a sweep: the norm, or nothing where another sweep is needed.
  std::optional<Norm> end() {
    const double sum = tree_.total();
    if (mode_ == squares && tells_all(sum)) [[likely]]
      return Norm{1, square_root(sum)};
    if (!end_rarely(sum)) return {};
    return Norm{unit_, rest_};
  }

  /// The norm of what `sweep()` adds, called as often as it takes.
  template <class Sweep>
  Norm measure(Sweep sweep) {
    for (;;) {
      sweep();
      if (const auto norm = end()) return *norm;
    }
  }

 private:
  enum Mode { squares, magnitudes, largest, powers };

  // Out of line, because few steps need it.
  template <class T>
  [[gnu::noinline]] void add_rarely(const T* x, std::size_t size) {
    if (mode_ == magnitudes) tree_.template add<Magnitude>(x, size);
    else if (mode_ == largest) most_ = std::max(most_, widened(Backend::largest(x, size)));
    else add_powers(x, size);
  }

  // Whether the norm is known now, as `unit_ * rest_`.
  [[gnu::noinline]] bool end_rarely(double sum) {
    switch (mode_) {
      case squares:
      case magnitudes: {
        unit_ = 1, rest_ = sum;
        if (mode_ == magnitudes && tells_all(sum)) return true;
        mode_ = largest, most_ = 0;
        return false;
      }
      case largest: {
        const double most = std::bit_cast<double>(most_);
        unit_ = 1, rest_ = most;
        if (most_ == 0 || !is_finite(most) || is_infinite(order_)) return true;
        mode_ = powers;
        unit_ = order_ <= 2 ? std::ldexp(1.0, std::ilogb(most)) : most;  // no power of a ratio overflows
        tree_.clear();
        return false;
      }
      case powers: break;
    }
    rest_ = order_ == 2 ? square_root(sum) : order_ == 1 ? sum : std::pow(sum, 1 / order_);
    return true;
  }

  static bool is_infinite(double x) { return magnitude_bits(x) == infinity_bits<double>; }

  static std::uint64_t widened(std::uint32_t bits) {
    return std::bit_cast<std::uint64_t>(static_cast<double>(std::bit_cast<float>(bits)));
  }
  static std::uint64_t widened(std::uint64_t bits) { return bits; }
  // The norm is a double, as all sums are.
  static std::uint64_t widened(WideBits bits) {
    return std::bit_cast<std::uint64_t>(static_cast<double>(copied_wide<long double>(bits)));
  }

  // One by one, because `Square` and `Magnitude` know neither unit nor order. Dividing by a power of two is exact.
  template <class T>
  void add_powers(const T* x, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      const double y = std::abs(static_cast<double>(value_of_number(x[i]))) / unit_;
      const double term = order_ == 2 ? y * y : order_ == 1 ? y : std::pow(y, order_);
      tree_.template add<Magnitude>(&term, 1);
    }
  }

  double order_ = 2;
  Mode mode_ = squares;
  NormTree<Backend> tree_;
  std::uint64_t most_;  // each set where it is first needed
  double unit_;
  double rest_;
};

}  // namespace gradus::detail
