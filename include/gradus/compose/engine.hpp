// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/parts.hpp>
#include <gradus/device/steps.hpp>
#include <gradus/parameters/patterns.hpp>
#include <gradus/parameters/readable.hpp>
#include <gradus/parameters/touch.hpp>
#include <gradus/plan/growth.hpp>
#include <gradus/plan/order.hpp>
#include <gradus/plan/sense.hpp>
#include <gradus/step/listing.hpp>
#include <gradus/step/run.hpp>
#include <gradus/step/stored_state.hpp>
#include <gradus/step/values.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// Tells tensors when a step ends that has written them, also if an observer throws.
template <bool Touch>
struct TellWritten {
  std::span<const Leaf> leaves;
  const ClockRows& clocks;
  std::int64_t step;

  ~TellWritten() {
    if constexpr (Touch) touch_written(leaves, clocks.count() == step);
  }
};

/// What an optimizer does with its policies: it checks them, makes states for them and takes their steps.
template <class... Parts>
class Engine {
 public:
  using Policies = typename Split<Parts...>::policies;
  using InStep = typename Split<Parts...>::in_step;
  using Whole = Composition<InStep>;
  static constexpr bool sound = in_order<InStep>(std::make_index_sequence<Policies::size>{});
  static_assert(sound || true);  // evaluated, so that a senseless order is refused where the type is named

  constexpr explicit Engine(Parts... parts) : policies_(Split<Parts...>::pick(std::move(parts)...)) { validate(); }

  template <class Storage, class Theta>
  auto state_for(const Theta& theta) const {
    using Types = elements_of<Theta>;
    state_of<Storage, Types> made;
    if constexpr (sound && readable<Theta, const NoGradient>() && make_sense_of<InStep, Storage>(Types{})) {
      Kept& state = kept(made);
      check_types(Types{});
      const auto& policies = in_step({}, Types{});
      const auto for_each = [&](auto visit) { for_each_leaf(const_cast<Theta&>(theta), no_gradient, visit); };
      state.prepare(Whole::name, {Whole::slots.data(), Whole::layout::slots});
      for_each([&](const Path& path, auto& x, auto&) { state.template add_leaf<Storage>(path.leaf_name(), x); });
      state.check_names(), check_growth(policies), check_patterns(theta, policies),
          check_values_of_leaves(policies, state.leaves, Types{});
      state.finish_leaves(typename Whole::scalars{policies}.start(), Whole::layout::leaf_sums, space_of_set<Theta>());
      for_each([&, l = std::size_t{0}](const Path&, auto& tensor, const NoGradient&) mutable {
        state.template fill<Storage>(l++, tensor, Whole::first(policies));
      });
    } else {
      refuse_order(Whole::name);
    }
    return made;
  }

  /// Whether a state, as far as its type tells, and a backend are ones for its steps; does not compile if not.
  template <class Theta, class S, class By, class... Extra>
  static constexpr bool fits() {
    return true;
  }

  /// `By` is the backend if none is given.
  template <bool Down, class By, class Theta, class G, class S, class... Extra>
  void take_step(Theta& theta, const G& gradient, S& of, const Extra&... extra) const {
    using Storage = storage_of<S>;
    using Types = elements_of<Theta>;
    if constexpr (sound && readable<Theta, const G, typename Storage::gradients>() &&
                  make_sense_of<InStep, Storage>(Types{})) {
      using Backend = typename decltype(step_backend<Theta, By, Extra...>())::type;
      check_state(of);
      check_changed(Types{});
      const auto all = list<Backend>(theta, gradient, of);
      const double value = pick_value<(asks_value_of<Parts> || ...)>(extra...);
      if constexpr (DeviceBackend<Backend>)
        ask_device<Storage>(all, 0, Types{}, kept(of), value, Down, pick_backend_value<Backend>(extra...),
                            pick_observer(extra...));
      else run<Backend, Down, touches<Theta>>(all, in_one_piece(all), Types{}, of, value, pick_observer(extra...));
    } else {
      refuse_order(Whole::name);
    }
  }

  /// The leaves of a step, in the state's scratch.
  template <class Backend, class Theta, class G, class S>
  std::span<const Leaf> list(Theta& theta, const G& gradient, S& of) const {
    return Listing::list(theta, gradient, of, policies_, Backend::walks);
  }

  /// A step of leaves that are listed already.
  template <class Backend, bool Down, bool Touch, class... T, class S, class Observer>
  void run(std::span<const Leaf> leaves, bool one_piece, Elements<T...> types, S& of, double value,
           const Observer& observer) const {
    using Run = run_of<Backend, storage_of<S>, InStep>;
    Kept& state = kept(of);
    const std::int64_t step = state.clocks.count() + 1;
    const auto& policies = in_step(state.instant(value, Down), types);
    check_values_of_leaves(policies, state.leaves, types);
    constexpr auto step_block = &Run::template step_block<Down, T...>;
    const TellWritten<Touch> tell{leaves, state.clocks, step};
    if (one_piece && !Run::reports(policies, step, observer)) [[likely]]
      step_block(policies, state, value, leaves.front(), 0, nullptr);
    else Run::step(leaves, types, policies, state, value, Down, step_block, observer);
  }

  /// The same on a device.
  template <class Storage, class Types, class Backend, class Observer>
  void ask_device(std::span<const Leaf> leaves, std::uint64_t bound, [[maybe_unused]] Types types, Kept& state,
                  double value, bool down, const Backend& backend, const Observer& observer) const {
    using Steps = DeviceSteps<Engine, Backend, Storage, Types, InStep>;
    if constexpr (differs_by_leaf<InStep>) check_values_of_leaves(in_step({}, types), state.leaves, types);
    Steps::of(state).step(*this, leaves, bound, state, value, down, backend, observer);
  }

  /// The stored policies, to be changed, for functions that look for one: its type may not be the one that `get` knows.
  constexpr Policies& changed_policies() { return changeable_.yes = true, policies_; }

  /// The policies as they are in a step of the run; the stored ones, if none follows a schedule.
  template <class Types>
  decltype(auto) in_step(const Instant& at, Types types) const {
    return policies_at(policies_, at, types);
  }

  /// Refuses a state of another composition, and hyper-parameters out of range.
  template <class Types>
  void check(const State& state, Types types) const {
    check_state(state), check_types(types);
  }

  /// Refuses hyper-parameters out of range, as these types see them.
  template <class... T>
  void check_types(Elements<T...>) const {
    (check_values<number_value_t<arithmetic_t<T>>>(policies_), ...);
  }

  /// The same, if they may have changed since the last check.
  template <class Types>
  void check_changed(Types types) const {
    if (changeable_.yes) [[unlikely]]
      check_types(types);
  }

  /// Refuses a state of another composition.
  void check_state(const State& state) const {
    if (kept(state).clocks.empty()) [[unlikely]]
      refuse("the state belongs to no run, as one that was moved from; make one with init(theta)");
    constexpr std::string_view name = Whole::name;
    if (state.composition().data() == name.data()) [[likely]]
      return;
    // Two sources may have a policy of one name, in namespaces without a name.
    constexpr std::size_t clock = std::tuple_size_v<decltype(std::declval<const typename Whole::scalars&>().start())>;
    const Kept& theirs = kept(state);
    if (theirs.composition != name || theirs.slots.size() != Whole::layout::slots ||
        theirs.clocks.row(0).size() != clock)
      refuse_state(theirs.composition, name);
  }

 protected:
  /// The index of the (Index + 1)th policy P.
  template <class P, std::size_t Index>
  static constexpr std::size_t find() {
    constexpr std::size_t at = Whole::template index<P>(Index);
    static_assert(at < Policies::size, "gradus: this optimizer has no such policy; see its type");
    return at < Policies::size ? at : 0;
  }

  constexpr void validate() {
    check_values<double>(policies_);
    changeable_.yes = !within_values<float>(policies_);
    if constexpr (sound && std::same_as<InStep, Policies>)  // those that follow are checked in `init`
      if (!std::is_constant_evaluated() || constant_scalars<Policies>) check_growth(policies_);
  }

  Policies policies_;
  Changeable changeable_;
};

}  // namespace gradus::detail
