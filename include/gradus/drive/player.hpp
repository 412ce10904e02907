// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/drive/maximize.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/readable.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace gradus {

/// A player of a game (`play`): the parameters that it moves, what it gains or loses where all players stand, the
/// composition that it steps by, and its state. What is passed as a variable is held by reference, the rest by value.
template <bool Up, class Theta, class Payoff, class O, class S>
struct Player {
  static constexpr bool climbs = Up;

  Theta theta;
  Payoff payoff;
  O optimizer;
  S state;
};

namespace detail {

template <bool Up, class Theta, class Payoff, class O>
auto make_player(Theta& theta, Payoff&& payoff, O&& optimizer) {
  auto state = optimizer.init(theta);  // before the optimizer is moved from
  return Player<Up, Theta&, Payoff, O, decltype(state)>{theta, std::forward<Payoff>(payoff), std::forward<O>(optimizer),
                                                        std::move(state)};
}

}  // namespace detail

/// A player that steps up the gradient of its payoff, which is
///
///     double payoff(const Theta1&, ..., const ThetaN&, Theta& gradient)
///
/// called with the parameters of all players in their order, to fill in the gradient by its own; or
/// `objective(value, gradient)` of two functions of all players' parameters.
///
/// Errors  whatever `init` refuses.
/// Cost    a state, unless one is given.
template <class Theta, class Payoff, class O>
  requires Drivable<std::remove_cvref_t<O>>
auto maximizer(Theta& theta, Payoff&& payoff, O&& optimizer) {
  return detail::make_player<true>(theta, std::forward<Payoff>(payoff), std::forward<O>(optimizer));
}
/// The same with the caller's state.
template <class Theta, class Payoff, class O, std::derived_from<State> S>
  requires Drivable<std::remove_cvref_t<O>>
auto maximizer(Theta& theta, Payoff&& payoff, O&& optimizer, S& state) {
  return Player<true, Theta&, Payoff, O, S&>{theta, std::forward<Payoff>(payoff), std::forward<O>(optimizer), state};
}

/// A player that steps down the gradient of its loss; otherwise as `maximizer`.
template <class Theta, class Loss, class O>
  requires Drivable<std::remove_cvref_t<O>>
auto minimizer(Theta& theta, Loss&& loss, O&& optimizer) {
  return detail::make_player<false>(theta, std::forward<Loss>(loss), std::forward<O>(optimizer));
}
template <class Theta, class Loss, class O, std::derived_from<State> S>
  requires Drivable<std::remove_cvref_t<O>>
auto minimizer(Theta& theta, Loss&& loss, O&& optimizer, S& state) {
  return Player<false, Theta&, Loss, O, S&>{theta, std::forward<Loss>(loss), std::forward<O>(optimizer), state};
}

namespace detail {

template <class F, class G, class... Theta>
concept FusedPayoff = requires(F& f, G& gradient, const Theta&... all) {
  { std::invoke(f, all..., gradient) } -> std::convertible_to<double>;
};

template <class F, class G, class... Theta>
concept TwoPartPayoff = requires(F& f, G& gradient, const Theta&... all) {
  { f.value(all...) } -> std::convertible_to<double>;
  gradient = f.gradient(all...);
};

template <class F, class G, class... Theta>
double payoff_and_gradient(F& f, G& gradient, const Theta&... all) {
  if constexpr (FusedPayoff<F, G, Theta...>) {
    return std::invoke(f, all..., gradient);
  } else {
    gradient = f.gradient(all...);
    return f.value(all...);
  }
}

template <class P>
inline constexpr bool is_player = false;
template <bool Up, class Theta, class Payoff, class O, class S>
inline constexpr bool is_player<Player<Up, Theta, Payoff, O, S>> = true;

// Whether P can play among All; does not compile, with the reason, where it cannot.
template <class P, class... All>
constexpr bool can_play() {
  using Theta = std::remove_reference_t<decltype(P::theta)>;
  if constexpr (!readable<Theta, const NoGradient>()) {
    return false;
  } else {
    using Payoff = std::remove_reference_t<decltype(P::payoff)>;
    constexpr bool own = owns_all<Theta>();
    static_assert(own,
                  "gradus: a player's parameters are a view, whose copy cannot hold a gradient; pass what it views");
    constexpr bool pays = FusedPayoff<Payoff, Theta, std::remove_cvref_t<decltype(All::theta)>...> ||
                          TwoPartPayoff<Payoff, Theta, std::remove_cvref_t<decltype(All::theta)>...>;
    static_assert(pays || !own,
                  "gradus: a player's payoff is neither double(const Theta1&, ..., const ThetaN&, Theta& gradient), of "
                  "the parameters of all players and its own gradient, nor gradus::objective(value, gradient) of them");
    return own && pays;
  }
}

template <class P>
concept GatheringPlayer = requires { requires std::remove_cvref_t<decltype(std::declval<P&>().optimizer)>::gathers; };

template <class... P>
constexpr bool are_players() {
  constexpr bool all = (is_player<std::remove_const_t<P>> && ...), moving = (!std::is_const_v<P> && ...);
  static_assert(all, "gradus: a player is made by gradus::maximizer or gradus::minimizer; the options come first");
  static_assert(moving || !all, "gradus: a player is const, and a game moves its state; keep it as what may change");
  if constexpr (all && moving) return (can_play<P, P...>() && ...);
  else return false;
}

}  // namespace detail

}  // namespace gradus
