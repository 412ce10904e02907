// SPDX-License-Identifier: MIT
#pragma once

#include "loops.hpp"

namespace hand {

namespace detail {

template <class Rule, class... Slot>
void each(std::size_t size, Rule rule, float* __restrict p, const float* __restrict g, Slot* __restrict... slot) {
#pragma omp simd
  for (std::size_t i = 0; i < size; ++i) rule(p[i], g[i], slot[i]...);
}

}  // namespace detail

/// The loop of a rule over parameter, gradient and so many slots.
template <std::size_t Slots, class Rule>
void each(const Run& run, Rule rule) {
  [&]<std::size_t... S>(std::index_sequence<S...>) {
    detail::each(run.size, rule, run.parameter, run.gradient, run.slot[S]...);
  }(std::make_index_sequence<Slots>{});
}

/// Two sums in double, in whatever order is fastest.
struct Sums {
  double first = 0, second = 0;
};

namespace detail {

template <class Rule, class... Slot>
Sums sums(std::size_t size, Rule rule, float* __restrict p, const float* __restrict g, Slot* __restrict... slot) {
  double first = 0, second = 0;
#pragma omp simd reduction(+ : first, second)
  for (std::size_t i = 0; i < size; ++i) {
    const Sums terms = rule(p[i], g[i], slot[i]...);
    first += terms.first, second += terms.second;
  }
  return {first, second};
}

}  // namespace detail

/// The same loop, and the sums of what the rule returns.
template <std::size_t Slots, class Rule>
Sums sums(const Run& run, Rule rule) {
  return [&]<std::size_t... S>(std::index_sequence<S...>) {
    return detail::sums(run.size, rule, run.parameter, run.gradient, run.slot[S]...);
  }(std::make_index_sequence<Slots>{});
}

inline double square(float x) { return static_cast<double>(x) * x; }
inline float sign(float x) { return static_cast<float>(x > 0) - static_cast<float>(x < 0); }
inline float clamp(float x, float low, float high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}

/// What of an average of t steps is filled: 1 - beta^t.
inline double filled(double beta, double t) { return 1 - std::pow(beta, t); }

/// What corrects the average m, and the root of the average s.
struct Corrections {
  float mean, root;
  Corrections(double beta1, double beta2, double t)
      : mean(static_cast<float>(1 / filled(beta1, t))), root(static_cast<float>(1 / std::sqrt(filled(beta2, t)))) {}
};

}  // namespace hand
