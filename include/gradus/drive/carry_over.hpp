// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/partition_state.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/step/stored_state.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
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

using OldNames = std::map<std::string, std::string, std::less<>>;

// What each leaf of a state was called before, if it was there.
template <class S, class Was>
OldNames old_names(const S& state, const S& old, const Was& was) {
  OldNames names{{"", ""}};  // the run
  state.visit([&]<class T>(std::string_view leaf, std::string_view, std::span<const T>) {
    if (names.contains(leaf)) return;
    const std::string before(was(leaf));
    if (before != leaf && !before.empty() && !old.contains(before))
      refuse({"the old state has no leaf \"", before, "\", which ", leaf,
              " is said to have been; give a name that it has, or an empty one for a leaf that is new"});
    if (!before.empty()) names.emplace(leaf, before);
  });
  return names;
}

// f(leaf, slot, type, values, old) for everything in a state that another keeps as well.
template <class S, class F>
void for_each_kept(const S& from, S& to, const OldNames& was, F f) {
  const auto kept = all_kept(from);
  to.visit([&]<class T>(std::string_view leaf, std::string_view slot, std::span<T> values) {
    const auto name = was.find(leaf);
    if (name == was.end()) return;
    const auto found = kept.find({name->second, std::string(slot)});
    if (found != kept.end()) f(leaf, slot, &element_type<T>, std::as_writable_bytes(values), found->second);
  });
}

// An element's number in column-major order, from its number in row-major order.
inline std::size_t number_in_columns(std::span<const std::size_t> shape, std::size_t in_rows) {
  std::size_t number = 0, size = 1;
  for (const std::size_t extent : shape) size *= extent;
  for (std::size_t stride = 1, rest = in_rows; const std::size_t extent : shape) {
    size /= extent;
    number += rest / size * stride, rest %= size, stride *= extent;
  }
  return number;
}

template <class S>
void check_carried(const S& from, S& to, const OldNames& was) {
  if (from.composition() != to.composition())
    refuse({"the state belongs to the composition (", from.composition(), "), not to (", to.composition(),
            "); make both with init of one optimizer"});
  for_each_kept(from, to, was, [&](std::string_view leaf, auto, auto* type, auto values, const KeptValues& old) {
    const bool other_shape = !leaf.empty() && !std::ranges::equal(to.shape(leaf), from.shape(was.find(leaf)->second));
    if (type != old.type || values.size() != old.bytes.size() || other_shape)
      refuse({leaf, " has another shape or type than it had; give it another name, or the old one's shape"});
  });
}

// Elements stand in a slot in the order of their tensor, which may have changed.
template <class S>
void carry(const S& from, S& to, const OldNames& was) {
  for_each_kept(from, to, was, [&](std::string_view leaf, std::string_view slot, auto*, auto values, auto& old) {
    if (leaf.empty() || slot == "clock" || to.order(leaf) == from.order(was.find(leaf)->second)) {
      std::ranges::copy(old.bytes, values.begin());
      return;
    }
    const auto shape = to.shape(leaf);
    const bool to_columns = to.order(leaf) == Order::column_major;
    const std::size_t count = std::reduce(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>{});
    const std::size_t bytes = values.size() / std::max<std::size_t>(count, 1);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t j = number_in_columns(shape, i), in = to_columns ? i : j, out = to_columns ? j : i;
      std::copy_n(&old.bytes[in * bytes], bytes, &values[out * bytes]);
    }
  });
}

inline constexpr auto same_name = [](std::string_view leaf) { return leaf; };

}  // namespace detail

/// Continues a run with more or fewer leaves: copies what its state keeps into one made for the parameters as they are
/// now. Leaves are matched by name. `was(name)`, if given, returns the name that a leaf had before, or an empty one for
/// a new leaf: in a vector, whose names are numbers, erasing a leaf renames those behind it. New leaves start from
/// their first values, what was kept of removed ones is dropped, and the run's step count goes on.
///
///     auto grown = optimizer.init(theta);  // theta has a layer more
///     gradus::carry_over(state, grown);
///
/// Cost    a copy of the state.
/// Errors  `Refused`, and nothing changed, where the states belong to different compositions, a leaf has another shape
///         or type, or `was` names a leaf that the old state does not have.
template <std::derived_from<State> S, class Was = decltype(detail::same_name)>
void carry_over(const S& from, S& to, const Was& was = {}) {
  if (detail::kept(from).clocks.empty()) refuse("the old state belongs to no run, as one that was moved from");
  const detail::OldNames names = detail::old_names(to, from, was);
  detail::check_carried(from, to, names);
  detail::carry(from, to, names);
}

/// The same for a `Partition`. A leaf that has moved to another part is new there.
template <class Whole, class... Part, class Was = decltype(detail::same_name)>
void carry_over(const PartitionState<Whole, Part...>& from, PartitionState<Whole, Part...>& to, const Was& was = {}) {
  const auto each = [&](auto f) {
    f(static_cast<const Whole&>(from), static_cast<Whole&>(to));
    detail::repeat<sizeof...(Part)>([&](auto k) { f(from.template part<k>(), to.template part<k>()); });
  };
  const detail::OldNames names = detail::old_names(to, from, was);
  each([&](const auto& old, auto& now) { detail::check_carried(old, now, names); });
  each([&](const auto& old, auto& now) { detail::carry(old, now, names); });
}

}  // namespace gradus
