// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/lane.hpp>

#include <algorithm>
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

/// Its text emits sums over elements, taken in the pass that writes.
template <class P>
concept EmittingPolicy = requires { std::size(P::emits); };
template <class P>
inline constexpr std::size_t emit_count = 0;
template <EmittingPolicy P>
inline constexpr std::size_t emit_count<P> = std::size(P::emits);

template <class P>
inline constexpr bool per_leaf_of = requires { requires P::per_leaf; };

/// Its sums depend on numbers that it computes from them, and are taken again until those settle.
template <class P>
concept SettlingPolicy = HasSums<P> && requires { std::size(P::settles); };

/// How many numbers are stored for a policy's sums: the sums, then the numbers that it computes from them.
template <class P>
inline constexpr std::size_t sum_room = sum_count<P>;
template <SettlingPolicy P>
inline constexpr std::size_t sum_room<P> = sum_count<P> + std::size(P::settles);

/// Calls take(), which takes such a policy's sums anew, until the numbers from them have settled. All are 0 at first.
template <SettlingPolicy P, class Take>
void settle(const P& policy, double* sum, Take take) {
  std::fill_n(sum, sum_room<P>, 0.0);
  do take();
  while (!policy.settle(sum, sum + sum_count<P>));
}

}  // namespace gradus
