// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/space.hpp>
#include <gradus/parameters/set.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

namespace gradus::detail {

/// The gradient of a leaf that has none.
struct NoGradient {};

// A gradient with a part for each part of the parameters. `NoGradient`, or a callable, serves all parts.
template <class G>
concept HasParts = Set<G> && !std::same_as<std::remove_cv_t<G>, NoGradient>;

template <class Theta>
constexpr auto first_leaf() {
  if constexpr (Tensor<Theta> || !Set<Theta>) return std::type_identity<std::remove_const_t<Theta>>{};
  else if constexpr (part_count<Theta> == 0) return std::type_identity<void>{};
  else return first_leaf<part_t<Theta>>();
}

// What a callable yields for a leaf.
template <class G, class X>
using yield_t = std::invoke_result_t<G&, std::string_view, const X&>;

// Excludes tensors without a trait: they may be called with any arguments, as indices.
template <class G>
concept HasSize = requires(const G& g) { g.size(); };

// Whether G yields the gradient of each leaf of the parameters when it is asked by name.
template <class Theta, class G>
constexpr bool yields() {
  if constexpr (Tensor<G> || HasSize<G> || HasParts<G> || MaybeGradient<G> ||
                std::same_as<std::remove_cv_t<G>, NoGradient>)
    return false;
  else return std::is_invocable_v<G&, std::string_view, const typename decltype(first_leaf<Theta>())::type&>;
}

// A gradient of some rows, also one that may be missing.
template <class G>
inline constexpr bool is_of_rows = RowTensor<G>;
template <class G>
inline constexpr bool is_of_rows<std::optional<G>> = RowTensor<G>;

// Whether what a callable yields for the tensor X can be kept for the step: not on a device, and no rows.
template <class X, class G>
constexpr bool can_keep() {
  if constexpr (DeviceTensor<X> || !std::is_invocable_v<G&, std::string_view, const X&>) return false;
  else return !is_of_rows<std::remove_cvref_t<yield_t<G, X>>>;
}

}  // namespace gradus::detail
