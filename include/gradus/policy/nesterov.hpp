// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Nesterov's look-ahead: the gradient plus what momentum will make of the velocity next.
///
///     u <- g + factor v        of the momentum directly before it
///
/// Slots   none of its own.
/// Order   directly behind a `Momentum` (or `TorchMomentum`, `AveragedMomentum`) that received the gradient; anything
///         else does not compile.
/// Cost    one multiply-add.
/// Errors  none.
/// Source  Nesterov (1983) in the form of Sutskever et al. (2013), `torch.optim.SGD(nesterov=True)`, `optax.trace`.
struct Nesterov {
  static constexpr bool borrows = true;

  static constexpr void apply(Record& r, Lane velocity, Lane factor, auto...) {
    r.update = r.gradient + factor * velocity;
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool behind_momentum = follows_momentum(Before{});
    static_assert(
        behind_momentum,
        "gradus: Nesterov stands directly behind a Momentum that never rests; put one there, and move what is between "
        "behind Nesterov");
    constexpr bool gradient_received = !behind_momentum || received_gradient(Before{});
    static_assert(gradient_received,
                  "gradus: the Momentum before Nesterov must receive the gradient itself; move what changes the update "
                  "(a rate, a divisor, another momentum) behind Nesterov");
    return behind_momentum && gradient_received;
  }

 private:
  // Whether gradient and update stay the same behind P.
  template <class P>
  static constexpr bool keeps_one = !FactorPolicy<P> && (!TextPolicy<P> || writes_of<P> == Writes::received);

  template <class... P>
  static constexpr bool follows_momentum(Policies<P...>) {
    bool last = false;
    ((last = momentum_of<P>), ...);
    return last;
  }
  template <class... P>
  static constexpr bool received_gradient(Policies<P...>) {
    std::size_t changes = 0;
    ((changes += !keeps_one<P>), ...);
    return changes == 1;  // the momentum itself
  }
};

}  // namespace gradus
