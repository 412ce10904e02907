// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/storage.hpp>
#include <gradus/device/leaves.hpp>
#include <gradus/device/norm.hpp>
#include <gradus/parameters/elements.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>

namespace gradus::detail {

/// All leaves of a step on a device, grouped by element type: a pass is one launch for each type.
template <class Storage, std::size_t Slots, class... T>
class DeviceSet {
 public:
  static constexpr std::size_t types = sizeof...(T);
  using Types = Elements<T...>;

  template <class E>
  using Row = backend::DeviceLeaf<
      E, std::conditional_t<std::is_void_v<typename Storage::gradients>, E, typename Storage::gradients>,
      typename Storage::template slot<E>, Slots>;

  /// Lists the leaves that have a gradient; `slot(l, s)` is the address of a leaf's slot. Calls before() if the list
  /// changes.
  template <class Backend, class Slot, class Before>
  void list(std::span<const Leaf> leaves, const Backend& backend, const Space& space, Slot slot, Before before) {
    all_present_ = std::none_of(leaves.begin(), leaves.end(), [](const Leaf& leaf) { return leaf.absent; });
    for_each([&](auto& of_type, std::size_t) { of_type.list(leaves, backend, space, slot, before); });
  }

  bool all_present() const { return all_present_; }

  /// f(leaves, number of the type).
  template <class F>
  void for_each(F f) {
    std::size_t t = 0;
    (f(std::get<DeviceLeaves<Row<T>>>(leaves_), t++), ...);
  }

  /// How many blocks a norm has, at most, in either numbering.
  std::size_t blocks() { return std::max(blocks(types, false), blocks(types, true)); }
  /// The blocks of the first `count` types.
  std::size_t blocks(std::size_t count, bool by_leaf) {
    std::size_t all = 0;
    for_each([&](const auto& leaves, std::size_t t) { all += t < count ? leaves.table().blocks(by_leaf) : 0; });
    return all;
  }

  /// The results of a type, where every block has room for `each` of them.
  DeviceResult result(const double* measured, std::size_t each, std::size_t type, bool by_leaf) {
    DeviceResult found;
    for_each([&](const auto& leaves, std::size_t t) {
      const std::size_t of_type = leaves.table().blocks(by_leaf), trees = by_leaf ? 0 : Trees::trees(of_type);
      if (t == type) found = {measured + each * blocks(type, by_leaf), by_leaf ? of_type : Trees::left(of_type), trees};
    });
    return found;
  }

 private:
  using Trees = backend::DeviceTrees;

  std::tuple<DeviceLeaves<Row<T>>...> leaves_;
  bool all_present_ = true;
};

}  // namespace gradus::detail
