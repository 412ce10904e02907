// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/partition_state.hpp>
#include <gradus/compose/stored_state.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>

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

// f(leaf, type, values, old) for all of a state that another keeps as well.
template <class S, class F>
void for_each_kept(const S& from, S& to, F f) {
  const auto kept = all_kept(from);
  to.visit([&]<class T>(std::string_view leaf, std::string_view slot, std::span<T> values) {
    const auto found = kept.find({std::string(leaf), std::string(slot)});
    if (found != kept.end()) f(leaf, &element_type<T>, std::as_writable_bytes(values), found->second);
  });
}

template <class S>
void check_carried(const S& from, S& to) {
  if (from.composition() != to.composition())
    refuse({"the state belongs to the composition (", from.composition(), "), not to (", to.composition(),
            "); make both with init of one optimizer"});
  for_each_kept(from, to, [](std::string_view leaf, const ElementType* type, auto values, const KeptValues& old) {
    if (type != old.type || values.size() != old.bytes.size())
      refuse({leaf, " has another size or type than it had; give it another name, or the old one's shape"});
  });
}

template <class S>
void carry(const S& from, S& to) {
  for_each_kept(from, to, [](std::string_view, const ElementType*, auto values, const KeptValues& old) {
    std::ranges::copy(old.bytes, values.begin());
  });
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
  detail::check_carried(from, to);
  detail::carry(from, to);
}

/// The same of a `Partition`. A leaf that is in another part now is a new one there.
template <class Whole, class... Part>
void carry_over(const PartitionState<Whole, Part...>& from, PartitionState<Whole, Part...>& to) {
  const auto each = [&](auto f) {
    f(static_cast<const Whole&>(from), static_cast<Whole&>(to));
    repeat<sizeof...(Part)>([&](auto k) { f(from.template part<k>(), to.template part<k>()); });
  };
  each([](const auto& old, auto& now) { detail::check_carried(old, now); });
  each([](const auto& old, auto& now) { detail::carry(old, now); });
}

}  // namespace gradus
