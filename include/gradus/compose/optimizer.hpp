// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/simd.hpp>
#include <gradus/compose/bound.hpp>
#include <gradus/compose/device_steps.hpp>
#include <gradus/compose/growth.hpp>
#include <gradus/compose/leaf_step.hpp>
#include <gradus/compose/listing.hpp>
#include <gradus/compose/order.hpp>
#include <gradus/compose/parts.hpp>
#include <gradus/compose/run.hpp>
#include <gradus/compose/sense.hpp>
#include <gradus/compose/step_help.hpp>
#include <gradus/compose/stored_state.hpp>
#include <gradus/compose/values.hpp>
#include <gradus/parameters/kept_gradient.hpp>
#include <gradus/parameters/patterns.hpp>
#include <gradus/parameters/touch.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace gradus {

/// An optimizer composed of policies, which act in the order they are written, and optionally a backend. An optimizer
/// among them, such as a recipe makes, stands for its policies: `Optimizer{Clip{1}, recipe::adam(), Decay{0.999}}`.
///
///     gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.9}, gradus::LearningRate{.rate = 0.01}};
///     auto state = optimizer.init(theta);
///     optimizer.ascend(theta, gradient, state);
///
/// It holds hyper-parameters only; what a run keeps is in its `State`. Every call is const and may be made by several
/// threads at once, each with its own state. Make it once: that checks its values, which takes about a microsecond.
template <class... Parts>
class Optimizer : StepHelp {
  using Policies = typename Split<Parts...>::policies;
  using InStep = typename Split<Parts...>::in_step;
  using Default = typename Split<Parts...>::backend;
  using Indices = std::make_index_sequence<Policies::size>;
  static constexpr bool sound = in_order<InStep>(Indices{});
  static_assert(sound || true);  // evaluated, so that a senseless order is refused where the type is named

 public:
  using StepHelp::ascend, StepHelp::descend;

  /// Whether a step must be given the objective's `Value`.
  static constexpr bool asks_value = (asks_value_of<Parts> || ...);
  /// Whether a policy looks for gradients that are not finite.
  static constexpr bool guards() { return Composition<InStep>::plan::guarded; }
  static constexpr bool gathers = Composition<InStep>::layout::gathering.size() != 0;  ///< instead of steps

  /// Every policy with its documented defaults.
  constexpr Optimizer()
    requires(std::default_initializable<Parts> && ...)
      : policies_(Split<Parts...>::pick(Parts{}...)) {
    validate();
  }

  /// Refuses a hyper-parameter outside its range.
  constexpr explicit(false) Optimizer(Parts... parts)
    requires(sizeof...(Parts) != 0)
      : policies_(Split<Parts...>::pick(std::move(parts)...)) {
    validate();
  }

  /// A state for these parameters: the only allocation. Slots start at their first values. `storage` names the types of
  /// slots and gradients, where they are not the parameters'.
  template <class Theta, class Slots = void, class Gradients = void>
  auto init(const Theta& theta, Storage<Slots, Gradients> = {}) const {
    using Stored = Storage<Slots, Gradients>;
    state_of<Stored, elements_of<Theta>> state;
    if constexpr (sound && readable<Theta, const NoGradient>() && make_sense_of<InStep, Stored>(elements_of<Theta>{})) {
      using Whole = Composition<InStep>;
      using Types = elements_of<Theta>;
      check_types(Types{});
      const auto& policies = in_step({}, Types{});
      const auto for_each = [&](auto visit) { for_each_leaf(const_cast<Theta&>(theta), detail::no_gradient, visit); };
      state.prepare(Whole::name, {Whole::slots.data(), Whole::layout::slots});
      for_each([&](const Path& path, auto& x, auto&) { state.template add_leaf<Stored>(path.leaf_name(), x); });
      check_growth(policies), check_patterns(theta, policies), check_values_of_leaves(policies, state.leaves_, Types{});
      state.finish_leaves(typename Whole::scalars{policies}.start(), Whole::layout::leaf_sums, space_of_set<Theta>());
      for_each([&, l = std::size_t{0}](const Path&, auto& tensor, const NoGradient&) mutable {
        state.template fill<Stored>(l++, tensor, Whole::first(policies));
      });
    } else {
      refuse_order(Composition<InStep>::name);
    }
    return state;
  }

  /// One step uphill: theta <- theta + update. Everything that can be refused is refused before the first write.
  ///
  /// `theta` is a tensor or a set of them, also a temporary view. `gradient` has its shape and may be an expression, or
  /// is a callable that yields a leaf's from its name and tensor. Then, in any order, optionally: a backend, an
  /// observer (a callable that takes each step's `Report`), and the objective's `Value`, which some policies ask for.
  // `By`, the backend if none is named, is a template parameter: sources with other flags get functions of their own.
  template <class Theta, class G, std::derived_from<State> S, class... Extra, class By = Default>
  void ascend(Theta&& theta, const G& gradient, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>()) step<false, By>(theta, gradient, state, extra...);
  }

  /// One step downhill: the same with the gradient negated as it is loaded.
  template <class Theta, class G, std::derived_from<State> S, class... Extra, class By = Default>
  void descend(Theta&& theta, const G& gradient, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>()) step<true, By>(theta, gradient, state, extra...);
  }

  /// Steps by the gradients that the tensors themselves keep, like libtorch's `.grad()`.
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
    requires KeepsGradients<Theta>
  void ascend(Theta&& theta, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>()) step<false, By>(theta, kept_gradient, state, extra...);
  }
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
    requires KeepsGradients<Theta>
  void descend(Theta&& theta, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>()) step<true, By>(theta, kept_gradient, state, extra...);
  }

  /// Validates and lists the leaves once; the bound steps do neither again. The optimizer, the state and what is given
  /// as an lvalue must outlive the result; sizes and addresses must not change.
  template <class Theta, class G, std::derived_from<State> S, class... Extra, class By = Default>
  auto bind(Theta&& theta, G&& gradient, S& state, const Extra&... backend) const& {
    // Checked here too, so that the compiler's way to a refusal is short.
    static_cast<void>(lasting<Theta, S>() && readable<std::remove_reference_t<Theta>, const std::remove_reference_t<G>,
                                                      typename storage_of<S>::gradients>());
    using Backend = typename decltype(step_backend<Theta, By, Extra...>())::type;
    return Bound<Optimizer, Theta, G, S, Backend>(*this, std::forward<Theta>(theta), std::forward<G>(gradient), state,
                                                  pick_backend_value<Backend>(backend...));
  }

  template <class Theta, class G, class S, class... Extra>
  auto bind(Theta&&, G&&, S&, const Extra&...) const&& = delete;  // the optimizer would be gone before the first step

  /// Begins a step uphill whose gradients come leaf by leaf; optionally with a backend and the objective's `Value`.
  /// Does not compile where a policy takes all leaves together.
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
  auto begin_ascent(Theta& theta, S& state, const Extra&... extra) const {
    return begin_step<By>(false, *this, theta, state, extra...);
  }
  /// The same downhill.
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
  auto begin_descent(Theta& theta, S& state, const Extra&... extra) const {
    return begin_step<By>(true, *this, theta, state, extra...);
  }

  /// The hyper-parameters of a policy, to read and to write; of the (Index + 1)th of this type if there are several.
  template <class P, std::size_t Index = 0>
  constexpr P& get() {
    return changeable_.yes = true, policies_.template get<find<P, Index>()>();
  }
  template <class P, std::size_t Index = 0>
  constexpr const P& get() const {
    return policies_.template get<find<P, Index>()>();
  }

  /// All policies; those that follow a schedule come with it.
  constexpr const Policies& policies() const { return policies_; }

  // For the engine: the policies as they are in a step of the run; the stored ones, if none follows a schedule.
  template <class Types>
  decltype(auto) in_step(const Instant& at, Types types) const {
    return policies_at(policies_, at, types);
  }

  // Refuses hyper-parameters out of range, as these types see them.
  template <class... T>
  void check_types(Elements<T...>) const {
    (check_values<number_value_t<arithmetic_t<T>>>(policies_), ...);
  }

  // Refuses a state of another composition.
  void check_state(const State& state) const {
    if (state.clocks_.empty()) [[unlikely]]
      refuse("the state belongs to no run, as one that was moved from; make one with init(theta)");
    constexpr std::string_view name = Composition<InStep>::name;
    if (state.composition().data() != name.data() && state.composition() != name) [[unlikely]]
      refuse_state(state.composition(), name);
  }

 private:
  template <class O, class Theta, class G, class S, class Backend>
  friend class Bound;

  constexpr void validate() {
    check_values<double>(policies_);
    changeable_.yes = !within_values<float>(policies_);
    if constexpr (sound && std::same_as<InStep, Policies>)  // those that follow are checked in `init`
      if (!std::is_constant_evaluated() || constant_scalars<Policies>) check_growth(policies_);
  }

  template <bool Down, class By, class Theta, class G, class S, class... Extra>
  void step(Theta& theta, const G& gradient, S& state, const Extra&... extra) const {
    if constexpr (sound && readable<Theta, const G, typename storage_of<S>::gradients>() &&
                  make_sense_of<InStep, storage_of<S>>(elements_of<Theta>{})) {
      using Backend = typename decltype(step_backend<Theta, By, Extra...>())::type;
      using Types = elements_of<Theta>;
      check_state(state);
      if (changeable_.yes) check_types(Types{});
      const auto all = Listing::list(theta, gradient, state, policies_, Backend::walks);
      const double value = pick_value<asks_value>(extra...);
      if constexpr (DeviceBackend<Backend>)
        ask_device(all, 0, Types{}, state, value, Down, pick_backend_value<Backend>(extra...), pick_observer(extra...));
      else run<Backend, Down, touches<Theta>>(all, in_one_piece(all), Types{}, state, value, pick_observer(extra...));
    } else {
      refuse_order(Composition<InStep>::name);
    }
  }

  template <class Backend, bool Down, bool Touch, class... T, class S, class Observer>
  void run(std::span<const Leaf> leaves, bool one_piece, Elements<T...> types, S& state, double value,
           const Observer& observer) const {
    using Run = typename Composition<InStep>::template run<Backend, storage_of<S>>;
    const std::int64_t step = state.clocks_.count() + 1;
    const auto& policies = in_step(state.instant(value, Down), types);
    check_values_of_leaves(policies, state.leaves_, types);
    constexpr auto step_block = &Run::template step_block<Down, T...>;
    if (one_piece && !Run::reports(policies, step, observer)) [[likely]]
      step_block(policies, state, value, leaves.front(), 0, nullptr);
    else Run::step(leaves, types, policies, state, value, Down, step_block, observer);
    if constexpr (Touch) touch_written(leaves, state.clocks_.count() == step);
  }

  template <class Types, class S, class Backend, class Observer>
  void ask_device(std::span<const Leaf> leaves, std::uint64_t bound, [[maybe_unused]] Types types, S& state,
                  double value, bool down, const Backend& backend, const Observer& observer) const {
    using Steps = DeviceSteps<Optimizer, Backend, storage_of<S>, Types, InStep>;
    if constexpr (differs_by_leaf<InStep>) check_values_of_leaves(in_step({}, types), state.leaves_, types);
    Steps::of(state).step(*this, leaves, bound, state, value, down, backend, observer);
  }

  template <class P, std::size_t Index>
  static constexpr std::size_t find() {
    constexpr std::size_t at = Composition<InStep>::template index<P>(Index);
    static_assert(at < Policies::size, "gradus: this optimizer has no such policy; see its type");
    return at < Policies::size ? at : 0;
  }

  Policies policies_;
  Changeable changeable_;
};

template <class... Parts>
Optimizer(Parts...) -> Optimizer<Parts...>;

}  // namespace gradus
