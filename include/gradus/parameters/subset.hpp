// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf_info.hpp>
#include <gradus/core/type_name.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/patterns.hpp>
#include <gradus/parameters/set.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace gradus {

/// For each leaf of a set, whether a condition holds for it.
template <class Theta, OfLeaf C>
std::vector<bool> leaves_where(Theta& theta, const C& condition) {
  std::vector<bool> in;
  detail::for_each_leaf(theta, detail::no_gradient,
                        [&](const detail::Path& path, auto& tensor, const detail::NoGradient&) {
                          using X = std::remove_cvref_t<decltype(tensor)>;
                          const std::string name = path.leaf_name();
                          const std::vector<std::size_t> extents = gradus::extents_of(tensor);
                          in.push_back(of_leaf(condition, LeafInfo{name, extents, detail::type_name<element_t<X>>()}));
                        });
  return in;
}

/// The leaves of a set that meet a condition on their name or `LeafInfo`, as parameters of their own: an optimizer
/// steps only these, by the gradient of the whole set, and keeps slots only for them.
///
///     auto tables = gradus::subset(theta, gradus::Named{"embedding.*"});
///     auto others = gradus::subset(theta, [](std::string_view leaf) { return !leaf.starts_with("embedding."); });
///     auto slow = sgd.init(tables);
///     auto fast = adam.init(others);
///     for (...) sgd.descend(tables, gradient, slow), adam.descend(others, gradient, fast);
///
/// The condition is asked once; a pattern (`Named`) that no leaf matches is refused. The subset refers to `theta`,
/// whose leaves must stay the same. What a policy measures over all leaves, such as a norm, covers only these.
template <class Theta, OfLeaf C>
detail::Subset<Theta> subset(Theta& theta, const C& condition) {
  detail::check_patterns(theta, condition, "a subset");
  return detail::Subset<Theta>(theta, std::make_shared<std::vector<bool>>(leaves_where(theta, condition)));
}

}  // namespace gradus
