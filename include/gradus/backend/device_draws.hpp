// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/draw.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/stand_in.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace gradus::backend {

using namespace detail;

/// A policy whose numbers GPU threads draw; its first is number `First` of the composition's.
template <class P, std::size_t First>
struct DeviceDraw {
  P policy;

  template <class Group>
  GRADUS_DEVICE void draw(Draw what, Group* to) const {
    for (std::size_t k = 0; k != draw_count<P>; ++k) {
      what.which = First + k;
      policy.draw(what, Group::size, to[First + k].value);
    }
  }
};

/// All of them, or none.
template <class... D>
struct DeviceDraws : D... {
  template <class Group>
  GRADUS_DEVICE void operator()(std::int64_t step, std::size_t leaf, std::size_t i, Group* to) const {
    (static_cast<const D&>(*this).draw({step, leaf, i}, to), ...);
  }
};

/// Those of a composition with this layout, as its policies are in a step. What a device needs of a policy, it copies.
template <class L, class Policies>
constexpr auto device_draws(const Policies& policies) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return DeviceDraws<DeviceDraw<grouped_of<type_at<L::drawing[I], Policies>>, L::draw[L::drawing[I]]>...>{
        {policies.template get<L::drawing[I]>()}...};
  }(std::make_index_sequence<L::drawing.size()>{});
}

}  // namespace gradus::backend
