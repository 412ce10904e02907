// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/leaf.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus::detail {

/// What a sweep over a leaf needs of its streams.
struct Access {
  bool parameter = true;
  bool write = true;
  bool in_blocks = false;     ///< even if everything lies in one piece
  bool in_one_piece = false;  ///< everything is known to lie in one piece
};

/// A type-erased consumer of pieces: how a leaf comes apart is compiled once for all compositions.
template <class Streams>
struct PieceVisitor {
  void* visitor;
  void (*visit)(void* visitor, const Streams& at, std::size_t size, std::size_t first);
};

// Piece by piece; whatever is not a block of memory goes through buffers.
template <class T, class Stored, std::size_t Slots>
[[gnu::noinline]] void for_each_piece(const Leaf& leaf, const Streams<T, Stored, Slots>& streams, Access access,
                                      PieceVisitor<Streams<T, Stored, Slots>> visitor) {
  alignas(64) T parameter[block_size], gradient[block_size];
  const auto piece = [&](std::size_t first, std::size_t size, std::size_t first_of_gradient) {
    Streams<T, Stored, Slots> here = streams;
    for (std::size_t s = 0; s != Slots; ++s) here.slot[s] += first;
    if (leaf.gradient) {
      here.gradient = streams.gradient + first_of_gradient;
    } else {
      leaf.read_gradient(leaf.gradient_tensor, leaf.order, first, size, gradient);
      here.gradient = gradient;
    }
    if (leaf.parameter) {
      here.parameter = streams.parameter + first;
    } else if (access.parameter) {
      leaf.read(leaf.tensor, leaf.order, first, size, parameter);
      here.parameter = parameter;
    }
    visitor.visit(visitor.visitor, here, size, first);
    if (access.write && !leaf.parameter) leaf.write(leaf.tensor, leaf.order, first, size, parameter);
  };
  const auto pieces = [&](std::size_t begin, std::size_t size, std::size_t begin_of_gradient) {
    for (std::size_t at = 0; at < size; at += block_size)
      piece(begin + at, std::min(block_size, size - at), begin_of_gradient + at);
  };
  if (!leaf.in_rows) return pieces(0, leaf.size, 0);
  if (!leaf.in_columns()) {
    for (std::size_t k = 0; k < leaf.rows.size(); ++k)
      pieces(leaf.rows[k] * leaf.row_size, leaf.row_size, k * leaf.row_size);
    return;
  }
  // In each column, runs of adjacent rows.
  const std::size_t reals = leaf.element->reals, height = leaf.size / leaf.row_size;
  for (std::size_t column = 0; column < leaf.row_size / reals; ++column)
    for (std::size_t k = 0, end; k < leaf.rows.size(); k = end) {
      for (end = k + 1; end < leaf.rows.size() && leaf.rows[end] == leaf.rows[end - 1] + 1;) ++end;
      pieces((column * height + leaf.rows[k]) * reals, (end - k) * reals, 0);
    }
}

/// Calls f(streams, size, first) for one leaf, piece by piece, with every stream contiguous: at once if the tensors are
/// and nobody asks for blocks, else through buffers that stay in the first-level cache.
template <Access access, class T, class Stored, std::size_t Slots, class F>
void for_each_block(const Leaf& leaf, Streams<T, Stored, Slots> streams, F f, bool in_blocks = access.in_blocks) {
  streams.parameter = static_cast<T*>(leaf.parameter), streams.gradient = static_cast<const T*>(leaf.gradient);
  if constexpr (access.in_one_piece && !access.in_blocks) {
    f(streams, leaf.size, std::size_t{0});
  } else {
    using At = Streams<T, Stored, Slots>;
    const bool one_piece = access.in_one_piece || (leaf.gradient && (leaf.parameter || !access.parameter));
    if (one_piece && !in_blocks && !leaf.in_rows) f(streams, leaf.size, std::size_t{0});
    else
      for_each_piece<T, Stored, Slots>(leaf, streams, access,
                                       {&f, [](void* visitor, const At& at, std::size_t size, std::size_t first) {
                                          (*static_cast<F*>(visitor))(at, size, first);
                                        }});
  }
}

}  // namespace gradus::detail
