// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number_ops.hpp>

#include <cstddef>

namespace gradus::detail {

/// Two reals side by side: a complex number as it is stepped.
template <class T>
struct RealPair {
  T part[2];
};

/// The operations of a graph on a pair: on both parts alike, except `inner`, which takes both together.
template <class T>
struct PairOps {
  using Value = RealPair<T>;
  using V = Value;
  using Each = NumberOps<T>;
  static constexpr std::size_t width = 2;

  template <class Stored>
  static constexpr V load(const Stored* from) {
    return {{static_cast<T>(from[0]), static_cast<T>(from[1])}};
  }
  template <class Stored>
  static constexpr void store(V x, Stored* to) {
    to[0] = static_cast<Stored>(x.part[0]), to[1] = static_cast<Stored>(x.part[1]);
  }
  static constexpr V all(T x) { return {{x, x}}; }
  static constexpr V constant(double x) { return all(Each::constant(x)); }
  static constexpr V add(V x, V y) { return both(&Each::add, x, y); }
  static constexpr V sub(V x, V y) { return both(&Each::sub, x, y); }
  static constexpr V mul(V x, V y) { return both(&Each::mul, x, y); }
  static constexpr V lone_mul(V x, V y) { return both(&Each::lone_mul, x, y); }
  static constexpr V div(V x, V y) { return both(&Each::div, x, y); }
  static constexpr V min(V x, V y) { return both(&Each::min, x, y); }
  static constexpr V max(V x, V y) { return both(&Each::max, x, y); }
  static constexpr V neg(V x) { return both(&Each::neg, x); }
  static constexpr V abs(V x) { return both(&Each::abs, x); }
  static constexpr V sqrt(V x) { return both(&Each::sqrt, x); }
  static constexpr V cbrt(V x) { return both(&Each::cbrt, x); }
  static constexpr V exp(V x) { return both(&Each::exp, x); }
  static constexpr V log(V x) { return both(&Each::log, x); }
  static constexpr V fma(V x, V y, V z) { return both(&Each::fma, x, y, z); }
  static constexpr V choose_less(V x, V y, V yes, V no) { return both(&Each::choose_less, x, y, yes, no); }
  static constexpr V choose_less_equal(V x, V y, V yes, V no) { return both(&Each::choose_less_equal, x, y, yes, no); }
  static constexpr V choose_equal(V x, V y, V yes, V no) { return both(&Each::choose_equal, x, y, yes, no); }

  /// Re(x conj y), in place of both parts.
  static constexpr V inner(V x, V y) {
    const V product = lone_mul(x, y);
    return all(product.part[0] + product.part[1]);
  }

 private:
  template <class F, class... X>
  static constexpr V both(F f, X... x) {
    return {{f(x.part[0]...), f(x.part[1]...)}};
  }
};

}  // namespace gradus::detail
