// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/repeat.hpp>
#include <gradus/core/space.hpp>
#include <gradus/parameters/set.hpp>

#include <type_traits>

namespace gradus::detail {

/// Where the tensors of a set lie.
struct Place {
  bool host = false;
  bool device = false;
};

/// Where the tensors of a set of parameters lie, by their types.
template <class Theta>
constexpr Place place_of() {
  return {any_in<Theta>([]<class X>(std::type_identity<X>) { return Tensor<X> && !DeviceTensor<X>; }),
          any_in<Theta>([]<class X>(std::type_identity<X>) { return DeviceTensor<X>; })};
}

/// Whether a device must step these parameters. Does not compile where only some of them lie there.
template <class Theta>
constexpr bool on_device() {
  constexpr Place place = place_of<std::remove_cvref_t<Theta>>();
  static_assert(!place.host || !place.device,
                "gradus: some of the parameters lie on the host and some on a device; keep a set in one memory, or "
                "step two sets");
  return place.device;
}

/// The memory that a state for these parameters lies in.
template <class Theta>
const Space& space_of_set() {
  using Whole = std::remove_cvref_t<Theta>;
  const Space* space = &space_of<Whole>();
  if constexpr (!Tensor<Whole> && place_of<Whole>().device)
    repeat<part_count<Whole>>([&](auto i) {
      using Part = std::remove_cvref_t<part_t<Whole, i>>;
      if constexpr (place_of<Part>().device) space = &space_of_set<Part>();
    });
  return *space;
}

}  // namespace gradus::detail
