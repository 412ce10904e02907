// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/core/type_name.hpp>
#include <gradus/parameters/path.hpp>
#include <gradus/parameters/readable.hpp>
#include <gradus/parameters/set.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <type_traits>
#include <variant>

namespace gradus::detail {

/// The part of a gradient that belongs to a part of the parameters. `NoGradient`, or a callable that yields a leaf's
/// gradient, serves all parts.
template <class G, class Get>
constexpr decltype(auto) part(G& gradient, Get get) {
  if constexpr (HasParts<G>) return get(gradient);
  else return (gradient);
}

inline constexpr NoGradient no_gradient;

template <class G>
std::size_t size_or(const G& gradient, std::size_t otherwise) {
  if constexpr (HasParts<G>) return std::size(gradient);
  else return otherwise;
}

inline void check_count(const Path& path, std::size_t parameters, std::size_t gradients) {
  if (parameters != gradients)
    refuse({(path.parent ? path.str() : "the set of parameters"), " has ", parameters, " tensors, its gradient has ",
            gradients, ": give one gradient per tensor"});
}

inline void check_leaves(std::size_t before, std::size_t now) {
  if (before != now) refuse({"a subset was made of ", before, " leaves, and the set has ", now, " now; make it anew"});
}

inline void check_present(const Path& path, bool parameter, bool gradient) {
  if (gradient && !parameter)
    refuse({path.leaf_name(), " is a std::optional without a value, and has a gradient; give it none, or a value"});
}

inline void check_held(const Path& path, const char* what, bool held) {
  if (!held) refuse({path.leaf_name(), what, " is a std::variant without a value; give it one"});
}

// The type that a variant holds.
template <class... T>
std::string_view held_type(const std::variant<T...>& x) {
  constexpr std::string_view names[]{type_name<T>()...};
  return names[x.index()];
}

template <class Theta, class G>
void check_choice(const Path& path, const Theta& theta, const G& gradient) {
  check_held(path, "'s gradient", !gradient.valueless_by_exception());
  if (theta.index() != gradient.index())
    refuse({path.leaf_name(), " is a std::variant that holds ", detail::held_type(theta), ", its gradient holds ",
            detail::held_type(gradient), "; give a gradient of the type that the parameter has now"});
}

template <class Theta, class G>
void check_names(const Theta& theta, const G& gradient) {
  for (const auto& entry : gradient) {  // braces and a name: nvcc 13 loses a semicolon without them
    const std::string_view name = entry.first;
    if (theta.find(entry.first) == theta.end())
      refuse(
          {"there is a gradient for \"", name, "\" and no such parameter; give gradients under the parameters' names"});
  }
}

// descend(parameter, gradient, name) for each entry of a map.
template <class Theta, class G, class Descend>
void for_each_entry(Theta& theta, G& gradient, Descend descend) {
  if constexpr (NamedMap<G>) detail::check_names(theta, gradient);
  for (auto& [name, value] : theta) {
    if constexpr (!NamedMap<G>) descend(value, gradient, name);
    else if (const auto found = gradient.find(name); found != gradient.end()) descend(value, found->second, name);
    else descend(value, no_gradient, name);
  }
}

/// Walks a set of parameters and its gradient side by side and calls `visit(path, tensor, gradient)` for every leaf,
/// in the order of declaration, index or key. A leaf whose gradient is an empty optional, or missing from a map, is
/// visited with `NoGradient`. A variant stands for what it holds; an empty optional parameter has no leaves; a subset's
/// leaves are visited with the gradient of the whole set; a callable that yields a leaf's gradient is passed on. Stored
/// gradients may also have elements of type `Gradients`. Refuses sets of different sizes.
template <class Gradients = void, class Theta, class G, class Visit>
void for_each_leaf(Theta& theta, G& gradient, Visit&& visit, const Path& path = {}) {
  const auto descend = [&](auto& part, auto& gradient_part, std::string_view field, std::size_t index = 0) {
    for_each_leaf<Gradients>(part, gradient_part, visit, Path{&path, field, index});
  };
  if constexpr (MaybePart<Theta>) {
    if constexpr (MaybePart<G>) check_present(path, theta.has_value(), gradient.has_value());
    if (theta) for_each_leaf<Gradients>(*theta, gradient, visit, path);
  } else if constexpr (MaybeGradient<G>) {
    if constexpr (is_optional<std::remove_cv_t<G>>) {
      if (gradient) return for_each_leaf<Gradients>(theta, *gradient, visit, path);
    }
    for_each_leaf<Gradients>(theta, no_gradient, visit, path);
  } else if constexpr (!readable<Theta, G, Gradients>()) {
    return;  // refused: `readable` has said why
  } else if constexpr (SomeLeaves<Theta>) {
    std::size_t leaf = 0;
    const auto chosen = [&](const Path& at, auto& tensor, auto& its) {
      if (theta.has(leaf++)) visit(at, tensor, its);
    };
    for_each_leaf<Gradients>(theta.all(), gradient, chosen, path);
    check_leaves(theta.leaves(), leaf);
  } else if constexpr (Tensor<Theta>) {
    visit(path, theta, gradient);
  } else if constexpr (NamedMap<Theta>) {
    detail::for_each_entry(theta, gradient, descend);
  } else if constexpr (Sequence<Theta>) {
    const std::size_t size = std::size(theta);
    check_count(path, size, detail::size_or(gradient, size));
    for (std::size_t i = 0; i < size; ++i)
      descend(theta[i], detail::part(gradient, [&](auto& g) -> auto& { return g[i]; }), {}, i);
  } else if constexpr (Choice<Theta>) {
    check_held(path, "", !theta.valueless_by_exception());
    repeat<part_count<Theta>>([&](auto i) {
      constexpr std::size_t I = decltype(i)::value;
      if (theta.index() != I) return;
      if constexpr (Choice<G>) detail::check_choice(path, theta, gradient);
      for_each_leaf<Gradients>(part_of<I>(theta),
                               detail::part(gradient, [](auto& g) -> auto& { return part_of<I>(g); }), visit, path);
    });
  } else {
    repeat<part_count<Theta>>([&](auto i) {
      constexpr std::size_t I = decltype(i)::value;
      descend(part_of<I>(theta), detail::part(gradient, [](auto& g) -> auto& { return part_of<I>(g); }),
              part_name<Theta, I>(), I);
    });
  }
}

/// The same for each leaf that has a gradient.
template <class Gradients = void, class Theta, class G, class Visit>
void for_each_gradient(Theta& theta, const G& gradient, Visit visit) {
  for_each_leaf<Gradients>(theta, gradient, [&](const Path& path, auto& tensor, const auto& g) {
    if constexpr (!std::same_as<std::remove_cvref_t<decltype(g)>, NoGradient>) visit(path, tensor, g);
  });
}

}  // namespace gradus::detail
