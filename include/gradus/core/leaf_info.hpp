// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace gradus {

/// A leaf, for policies and callables that treat leaves differently.
struct LeafInfo {
  std::string_view name;               ///< `encoder.layer[2].weight`; `parameter` if one tensor is the whole set
  std::span<const std::size_t> shape;  ///< its extents
  std::string_view element;            ///< its element type: `float`
};

/// No leaf in particular: the run.
inline constexpr LeafInfo no_leaf{};

/// A callable that takes a leaf by its name, or by all that is known of it.
template <class F>
concept OfLeaf = std::invocable<const F&, std::string_view> || std::invocable<const F&, const LeafInfo&>;

template <OfLeaf F>
constexpr auto of_leaf(const F& f, const LeafInfo& leaf) {
  if constexpr (std::invocable<const F&, std::string_view>) return f(leaf.name);
  else return f(leaf);
}

/// Its scalars depend on the leaf, so a device must be told those of every leaf.
template <class P>
inline constexpr bool by_leaf_of = requires { requires P::by_leaf; };

/// It leaves some leaves as they are.
template <class P>
concept FreezingPolicy = requires(const P& p, const LeafInfo& leaf) {
  { p.freezes(leaf) } -> std::convertible_to<bool>;
};

}  // namespace gradus
