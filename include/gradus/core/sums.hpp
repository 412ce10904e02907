// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/lane.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>

namespace gradus {

/// A term of a sum: the product of two lanes, in double.
struct Term {
  Lane a, b;
};

/// The sums that a policy asked for, in their order.
struct Sums {
  const double* value;
  constexpr double operator[](std::size_t k) const { return value[k]; }
};

/// It must look at sums over elements before the pass.
template <class P>
concept HasSums = requires { std::size(P::sums); };
template <class P>
inline constexpr std::size_t sum_count = 0;
template <HasSums P>
inline constexpr std::size_t sum_count<P> = std::size(P::sums);

/// Its text leaves sums over elements behind, taken in the pass that writes.
template <class P>
concept EmittingPolicy = requires { std::size(P::emits); };
template <class P>
inline constexpr std::size_t emit_count = 0;
template <EmittingPolicy P>
inline constexpr std::size_t emit_count<P> = std::size(P::emits);

template <class P>
inline constexpr bool per_leaf_of = requires { requires P::per_leaf; };

/// Its sums depend on what follows from them, and are taken again until they settle.
template <class P>
concept SettlingPolicy = HasSums<P> && requires(const Sums& sums) {
  { P::settled(sums, sums) } -> std::same_as<bool>;
};

/// Calls take(), which takes the sums of such a policy anew, until they have settled. The first time they are 0.
template <SettlingPolicy P, class Take>
void settle(double* sum, Take take) {
  double before[sum_count<P>];
  std::fill_n(sum, sum_count<P>, 0.0);
  do {
    std::copy_n(sum, sum_count<P>, before);
    take();
  } while (!P::settled(Sums{before}, Sums{sum}));
}

}  // namespace gradus
