// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/engine.hpp>
#include <gradus/compose/leaf_step.hpp>
#include <gradus/compose/steps.hpp>
#include <gradus/core/storage.hpp>

#include <concepts>
#include <cstddef>
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
/// Its `ascend`, `descend` and `bind` are described in compose/steps.hpp. It holds hyper-parameters only; what a run
/// keeps is in its `State`. Every call is const and may be made by several threads at once, each with its own state.
/// Make it once: that checks its values, which takes about a microsecond.
template <class... Parts>
class Optimizer : public detail::Engine<Parts...>,
                  public detail::Steps<Optimizer<Parts...>, typename detail::Split<Parts...>::backend> {
  using Engine = detail::Engine<Parts...>;
  using Default = typename detail::Split<Parts...>::backend;

 public:
  /// Whether a step must be given the objective's `Value`.
  static constexpr bool asks_value = (asks_value_of<Parts> || ...);
  /// Whether a policy looks for gradients that are not finite.
  static constexpr bool guards() { return Engine::Whole::plan::guarded; }
  /// Whether some calls only gather a gradient and take no step.
  static constexpr bool gathers = Engine::Whole::layout::gathering.size() != 0;

  /// Every policy with its documented defaults.
  constexpr Optimizer()
    requires(std::default_initializable<Parts> && ...)
      : Engine(Parts{}...) {}

  /// Refuses a hyper-parameter outside its range.
  constexpr explicit(false) Optimizer(Parts... parts)
    requires(sizeof...(Parts) != 0)
      : Engine(std::move(parts)...) {}

  /// A state for these parameters: the only allocation. Slots start at their first values. `storage` names the types of
  /// slots and gradients, where they are not the parameters'.
  template <class Theta, class Slots = void, class Gradients = void>
  auto init(const Theta& theta, Storage<Slots, Gradients> = {}) const {
    constexpr bool fractions = !std::is_integral_v<Slots> && !std::is_integral_v<Gradients>;
    static_assert(
        fractions,
        "gradus: slots and gradients are stored in a floating or fixed-point format, and an integer loses what "
        "is below 1; name another type");
    return this->template state_for<Storage<Slots, Gradients>>(theta);
  }

  /// Begins a step uphill whose gradients come leaf by leaf; optionally with a backend and the objective's `Value`.
  /// Does not compile where a policy takes all leaves together.
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
  auto begin_ascent(Theta& theta, S& state, const Extra&... extra) const {
    return detail::begin_step<By>(false, *this, theta, state, extra...);
  }
  /// The same downhill.
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
  auto begin_descent(Theta& theta, S& state, const Extra&... extra) const {
    return detail::begin_step<By>(true, *this, theta, state, extra...);
  }

  /// The hyper-parameters of a policy, to read and to write; of the (Index + 1)th of this type if there are several.
  template <class P, std::size_t Index = 0>
  constexpr P& get() {
    return this->changeable_.yes = true, this->policies_.template get<Engine::template find<P, Index>()>();
  }
  template <class P, std::size_t Index = 0>
  constexpr const P& get() const {
    return this->policies_.template get<Engine::template find<P, Index>()>();
  }

  /// All policies; those that follow a schedule come with it.
  constexpr const typename Engine::Policies& policies() const { return this->policies_; }
};

template <class... Parts>
Optimizer(Parts...) -> Optimizer<Parts...>;

}  // namespace gradus
