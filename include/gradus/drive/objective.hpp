// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <functional>
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

/// It gives its value and its gradient separately.
template <class F, class Theta>
concept TwoPartObjective = requires(const F& f, const Theta& theta) {
  { f.value(theta) } -> std::convertible_to<double>;
  f.gradient(theta);
};

namespace detail {

template <class F, class Theta>
concept ObjectiveFunction = requires(F& f, const Theta& theta, Theta& gradient) {
  { std::invoke(f, theta, gradient) } -> std::convertible_to<double>;
};
template <class F, class Theta>
concept EvaluatesWithGradient = requires(F& f, const Theta& theta, Theta& gradient) {
  { f.EvaluateWithGradient(theta, gradient) } -> std::convertible_to<double>;
};
template <class F, class Theta>
concept EvaluatesApart = requires(F& f, const Theta& theta, Theta& gradient) {
  { f.Evaluate(theta) } -> std::convertible_to<double>;
  f.Gradient(theta, gradient);
};

}  // namespace detail

/// It gives its value and fills in the gradient, which has the type of the parameters: a function
/// `double(const Theta&, Theta& gradient)`, or an object as ensmallen takes it, with `EvaluateWithGradient(theta,
/// gradient)`, or with `Evaluate(theta)` and `Gradient(theta, gradient)`.
template <class F, class Theta>
concept FusedObjective =
    detail::ObjectiveFunction<F, Theta> || detail::EvaluatesWithGradient<F, Theta> || detail::EvaluatesApart<F, Theta>;

/// The value of such an objective, and its gradient into `gradient`.
template <class Theta, FusedObjective<Theta> F>
double value_and_gradient(F& f, const Theta& theta, Theta& gradient) {
  if constexpr (detail::ObjectiveFunction<F, Theta>) {
    return std::invoke(f, theta, gradient);
  } else if constexpr (detail::EvaluatesWithGradient<F, Theta>) {
    return f.EvaluateWithGradient(theta, gradient);
  } else {
    f.Gradient(theta, gradient);
    return f.Evaluate(theta);
  }
}

}  // namespace gradus
