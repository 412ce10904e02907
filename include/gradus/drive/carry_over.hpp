// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/stored_state.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/refuse.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

namespace detail {

/// What a state keeps under one name, whatever its type.
struct KeptValues {
  const ElementType* type;
  std::vector<std::byte> bytes;
};

using KeptNames = std::pair<std::string, std::string>;  // of leaf and slot

template <class S>
std::map<KeptNames, KeptValues> all_kept(const S& state) {
  std::map<KeptNames, KeptValues> all;
  state.visit([&]<class T>(std::string_view leaf, std::string_view slot, std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    all[{std::string(leaf), std::string(slot)}] = {&element_type<T>, {bytes.begin(), bytes.end()}};
  });
  return all;
}

}  // namespace detail

/// Goes on with more leaves or fewer: puts what the state of a run keeps into one that was made for the parameters as
/// they are now. Leaves are known by their names. New ones start from their first values, what is kept of those that
/// are gone is left behind, and the run's step count goes on.
///
///     auto grown = optimizer.init(theta);  // theta has a layer more
///     gradus::carry_over(state, grown);
///
/// Cost    a copy of the state.
/// Errors  `Refused`, and nothing changed, where the states belong to different compositions, or a leaf has another
///         size or type.
template <std::derived_from<State> S>
void carry_over(const S& from, S& to) {
  if (from.composition() != to.composition())
    refuse({"the state belongs to the composition (", from.composition(), "), not to (", to.composition(),
            "); make both with init of one optimizer"});
  const auto kept = detail::all_kept(from);
  const auto for_each_kept = [&](auto f) {
    to.visit([&]<class T>(std::string_view leaf, std::string_view slot, std::span<T> values) {
      const auto found = kept.find({std::string(leaf), std::string(slot)});
      if (found != kept.end()) f(leaf, &element_type<T>, std::as_writable_bytes(values), found->second);
    });
  };
  for_each_kept([](std::string_view leaf, const ElementType* type, auto values, const detail::KeptValues& old) {
    if (type != old.type || values.size() != old.bytes.size())
      refuse({leaf, " has another size or type than it had; give it another name, or the old one's shape"});
  });
  for_each_kept([](std::string_view, const ElementType*, auto values, const detail::KeptValues& old) {
    std::ranges::copy(old.bytes, values.begin());
  });
}

}  // namespace gradus
