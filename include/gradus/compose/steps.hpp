// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/bound.hpp>
#include <gradus/compose/parts.hpp>
#include <gradus/compose/step_help.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/kept_gradient.hpp>
#include <gradus/parameters/readable.hpp>
#include <gradus/step/stored_state.hpp>
#include <gradus/step/values.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// The steps that an `Optimizer` and a `Partition` are asked for: what `Self` is, takes a step.
///
/// `theta` is a tensor or a set of them, also a temporary view. `gradient` has its shape and may be an expression, or
/// is a callable that yields a leaf's from its name and tensor. Then, in any order, optionally: a backend, an observer
/// (a callable that takes each step's `Report`), and the objective's `Value`, which some policies ask for.
template <class Self, class Default>
class Steps : StepHelp {
  // `By`, the backend if none is named, is a template parameter: sources with other flags get functions of their own.
 public:
  using StepHelp::ascend, StepHelp::descend;

  /// One step uphill: theta <- theta + update. Everything that can be refused is refused before the first write.
  template <class Theta, class G, std::derived_from<State> S, class... Extra, class By = Default>
  void ascend(Theta&& theta, const G& gradient, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>() && Self::template fits<Theta, S, By, Extra...>())
      self().template take_step<false, By>(theta, gradient, state, extra...);
  }
  /// One step downhill: the same with the gradient negated as it is loaded.
  template <class Theta, class G, std::derived_from<State> S, class... Extra, class By = Default>
  void descend(Theta&& theta, const G& gradient, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>() && Self::template fits<Theta, S, By, Extra...>())
      self().template take_step<true, By>(theta, gradient, state, extra...);
  }

  /// The same by the gradients that the tensors themselves keep, like libtorch's `.grad()`.
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
    requires KeepsGradients<Theta>
  void ascend(Theta&& theta, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>() && Self::template fits<Theta, S, By, Extra...>())
      self().template take_step<false, By>(theta, kept_gradient, state, extra...);
  }
  template <class Theta, std::derived_from<State> S, class... Extra, class By = Default>
    requires KeepsGradients<Theta>
  void descend(Theta&& theta, S& state, const Extra&... extra) const {
    if constexpr (lasting<Theta, S>() && Self::template fits<Theta, S, By, Extra...>())
      self().template take_step<true, By>(theta, kept_gradient, state, extra...);
  }

  /// Validates and lists the leaves once; the bound steps do neither again. The optimizer, the state and what is given
  /// as an lvalue must outlive the result; sizes and addresses must not change, nor may the state be moved from or
  /// assigned the state of others.
  template <class Theta, class G, std::derived_from<State> S, class... Extra, class By = Default>
  auto bind(Theta&& theta, G&& gradient, S& state, const Extra&... backend) const& {
    constexpr bool backends = (gradus::Backend<Extra> && ...);
    static_assert(backends,
                  "gradus: behind the state of bind comes a backend; give an observer and the objective's Value to its "
                  "steps: bound.ascend(observer, Value{f})");
    // Checked here too, so that the compiler's way to a refusal is short.
    static_cast<void>(lasting<Theta, S>() && Self::template fits<Theta, S, By, Extra...>() &&
                      readable<std::remove_reference_t<Theta>, const std::remove_reference_t<G>,
                               typename storage_of<S>::gradients>());
    using Backend = typename decltype(step_backend<Theta, By, Extra...>())::type;
    return Bound<Self, Theta, G, S, Backend>(self(), std::forward<Theta>(theta), std::forward<G>(gradient), state,
                                             pick_backend_value<Backend>(backend...));
  }
  template <class Theta, class G, class S, class... Extra>
  auto bind(Theta&&, G&&, S&, const Extra&...) const&& = delete;  // the optimizer would be gone before the first step

 private:
  const Self& self() const { return static_cast<const Self&>(*this); }
};

}  // namespace gradus::detail
