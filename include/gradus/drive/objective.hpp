// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace gradus {

/// An objective made of two functions of the parameters: its value and its gradient. The gradient may be an expression.
template <class Value, class Gradient>
struct Objective {
  Value value;
  Gradient gradient;
};

template <class Value, class Gradient>
Objective(Value, Gradient) -> Objective<Value, Gradient>;

template <class Value, class Gradient>
Objective<Value, Gradient> objective(Value value, Gradient gradient) {
  return {std::move(value), std::move(gradient)};
}

/// It gives its value and, apart, its gradient.
template <class F, class Theta>
concept TwoPartObjective = requires(const F& f, const Theta& theta) {
  { f.value(theta) } -> std::convertible_to<double>;
  f.gradient(theta);
};

/// One function that returns the value and fills in the gradient, which has the type of the parameters.
template <class F, class Theta>
concept FusedObjective = requires(F& f, const Theta& theta, Theta& gradient) {
  { std::invoke(f, theta, gradient) } -> std::convertible_to<double>;
};

}  // namespace gradus
