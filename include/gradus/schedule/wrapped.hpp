// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/stand_in.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// What `get` finds in the first policy of an optimizer that it accepts, const if the optimizer is; does not compile if
/// it accepts none.
template <class Get, class O, class... P>
constexpr auto& first_wrapped(Get get, O& optimizer, const Pack<P...>&) {
  constexpr std::size_t at = [] {
    const bool takes[]{std::is_invocable_v<Get, const P&>..., true};
    std::size_t first = 0;
    while (!takes[first]) ++first;
    return first;
  }();
  static_assert(at != sizeof...(P),
                "gradus: no policy of this optimizer was given such values or such a schedule; see by_leaf and follow");
  if constexpr (at == sizeof...(P)) {
    return optimizer;
  } else if constexpr (std::is_const_v<O>) {
    return get(optimizer.policies().template get<at>());
  } else {
    const auto& found = get(std::as_const(optimizer.changed_policies().template get<at>()));
    return const_cast<std::remove_cvref_t<decltype(found)>&>(found);
  }
}

}  // namespace gradus::detail
