// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>

#include <concepts>
#include <cstddef>

namespace gradus::detail {

/// Where the streams of one leaf start in memory. Slots are stored as `Stored`, whatever the arithmetic type T.
template <class T, class Stored, std::size_t Slots>
struct Streams {
  T* parameter = nullptr;
  const T* gradient = nullptr;
  Stored* slot[Slots + 1]{};  // one more, because C++ has no empty arrays
  T* out = nullptr;           ///< receives a chain's `measured` nodes, `Chain::stride` elements apart
  double* lanes = nullptr;    ///< receives instead the products of pairs of them, summed in `norm_lanes` lanes each
  const T* drawn = nullptr;   ///< numbers drawn for these elements, the kinds `Chain::stride` apart

  /// The same from element n on.
  constexpr Streams from(std::size_t n) const {
    Streams there = *this;
    if (parameter) there.parameter += n;
    if (drawn) there.drawn += n;
    there.gradient += n;
    for (std::size_t s = 0; s != Slots; ++s) there.slot[s] += n;
    return there;
  }
};

/// The nodes that a chain writes for others to look at.
struct MeasuredNodes {
  std::size_t count = 0;
  short of[8]{};
};

/// Whether a chain has operations on both parts of a complex number: it runs over an even number of reals.
template <class C>
inline constexpr bool in_pairs = requires { C::in_pairs; };

/// What a backend runs: a type whose static constants are a graph and what of it is to be written. Stream 0 is the
/// parameter, 1 the gradient, 2... the slots, then the drawn numbers.
template <class C>
concept Chain = requires {
  { C::graph } -> std::convertible_to<Graph>;
  { C::needed } -> std::convertible_to<NodeSet>;  // the nodes that lead to what is written
  { C::slot_count } -> std::convertible_to<std::size_t>;
  { C::scalar_count } -> std::convertible_to<std::size_t>;
  { C::drawn_count } -> std::convertible_to<std::size_t>;
  { C::reads_parameter } -> std::convertible_to<bool>;
  { C::parameter } -> std::convertible_to<short>;         // node of the new parameter; below 0: not written
  { C::slot.of[0] } -> std::convertible_to<short>;        // nodes of the slots' new values, likewise
  { C::measured } -> std::convertible_to<MeasuredNodes>;  // nodes that go to `out`, or, as pairs, to `lanes`
  { C::sums } -> std::convertible_to<bool>;               // whether they do the latter
  { C::stride } -> std::convertible_to<std::size_t>;
};

}  // namespace gradus::detail
