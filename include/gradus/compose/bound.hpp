// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/parts.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/touch.hpp>
#include <gradus/step/listing.hpp>
#include <gradus/step/stored_state.hpp>

#include <atomic>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus::detail {

// A number that no other bound list of leaves has, whatever its types.
inline std::uint64_t next_list_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

/// Steps of one optimizer, or partition, over parameters, gradient and state that were validated and listed once.
/// `bind` makes one; it owns what was passed as a temporary and refers to the rest. It can be neither copied nor moved.
template <class Optimizer, class Theta, class G, class S, class Backend>
class Bound {
 public:
  Bound(const Optimizer& optimizer, Theta&& theta, G&& gradient, S& state, const Backend& backend)
      : optimizer_(optimizer),
        theta_(std::forward<Theta>(theta)),
        gradient_(std::forward<G>(gradient)),
        state_(state),
        backend_(backend) {
    optimizer_.check(state, Types{});
    const auto leaves = optimizer_.template list<Backend>(theta_, std::as_const(gradient_), state);
    listed_.assign(leaves.begin(), leaves.end());
    leaves_ = listed_, in_one_piece_ = in_one_piece(leaves_);
  }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

  /// One step uphill, from the gradient's present values; optionally with an observer and the objective's `Value`.
  template <class... Extra>
  void ascend(const Extra&... extra) {
    step<false>(extra...);
  }
  /// One step downhill.
  template <class... Extra>
  void descend(const Extra&... extra) {
    step<true>(extra...);
  }

 private:
  static_assert(!yields<std::remove_reference_t<Theta>, const std::remove_reference_t<G>>(),
                "gradus: what a callable yields is gone before the next step; bind a gradient that stays where it is");
  using Types = elements_of<Theta>;

  template <bool Down, class... Extra>
  void step(const Extra&... extra) {
    constexpr bool asks_value = Optimizer::asks_value;
    optimizer_.check_changed(Types{});
    const double value = pick_value<asks_value>(extra...);
    if constexpr (DeviceBackend<Backend>)
      optimizer_.template ask_device<storage_of<S>>(leaves_, number_, Types{}, kept(state_), value, Down, backend_,
                                                    pick_observer(extra...));
    else
      optimizer_.template run<Backend, Down, touches<Theta>>(leaves_, in_one_piece_, Types{}, state_, value,
                                                             pick_observer(extra...));
  }

  const Optimizer& optimizer_;
  Theta theta_;
  G gradient_;
  S& state_;
  [[no_unique_address]] Backend backend_;
  std::vector<Leaf> listed_;
  std::span<const Leaf> leaves_;
  bool in_one_piece_ = false;
  std::uint64_t number_ = next_list_number();  // identifies the list to a device
};

}  // namespace gradus::detail
