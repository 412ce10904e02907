// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/parameters/kept_gradient.hpp>
#include <gradus/step/state.hpp>

#include <concepts>
#include <type_traits>

namespace gradus::detail {

template <class S>
concept LastingState = std::is_lvalue_reference_v<S> && std::derived_from<std::remove_cvref_t<S>, State>;

// Whether these can be the arguments of a step.
template <class... A>
inline constexpr bool is_step = false;
template <class Theta, class S>
inline constexpr bool is_step<Theta, S> = LastingState<S> && KeepsGradients<std::remove_cvref_t<Theta>>;
template <class Theta, class G, class S, class... Extra>
inline constexpr bool is_step<Theta, G, S, Extra...> = LastingState<S> || is_step<Theta, G>;

/// What an optimizer's steps are where they are called with something missing or in another order: they do not compile,
/// and say what to write.
struct StepHelp {
  template <class... A>
    requires(!is_step<A...>)
  static void ascend(A&&...) {
    help<A...>();
  }
  template <class... A>
    requires(!is_step<A...>)
  static void descend(A&&...) {
    help<A...>();
  }

 private:
  template <class... A>
  static void help() {
    constexpr bool step = is_step<A...>;
    static_assert(step,
                  "gradus: a step takes the parameters, their gradient and a state that outlives it, in this order: "
                  "ascend(theta, gradient, state); init(theta) makes the state");
  }
};

}  // namespace gradus::detail
