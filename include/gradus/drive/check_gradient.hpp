// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/drive/batches.hpp>
#include <gradus/drive/difference.hpp>
#include <gradus/drive/objective.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/shape.hpp>
#include <gradus/parameters/zero.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// What `check_gradient` found: the element where the gradient given and the numeric one differ most.
struct GradientCheck {
  std::string leaf;
  std::size_t index = 0;
  double given = 0;
  double numeric = 0;
  double error = 0;      ///< |given - numeric| less rounding, over the larger; infinite if one is not finite
  double tolerance = 0;  ///< the largest error that is good
  std::string_view part{};  ///< real or imaginary, of a complex element

  /// Whether the gradient is right, as far as differences tell; so is the check itself as a condition.
  bool good() const { return error <= tolerance; }
  explicit operator bool() const { return good(); }

  /// One line; `<<` writes the same.
  std::string str() const {
    return leaf + "[" + std::to_string(index) + "]" + std::string(part) + ": the gradient given is " +
           detail::text(given) + ", the numeric one " + detail::text(numeric) + verdict();
  }
  friend std::ostream& operator<<(std::ostream& out, const GradientCheck& check) { return out << check.str(); }

 private:
  std::string verdict() const {
    if (!good()) return "; they differ by more than " + detail::text(tolerance);
    const bool near = std::abs(given - numeric) <= tolerance * std::max(std::abs(given), std::abs(numeric));
    return near ? ", within " + detail::text(tolerance) : ", as near as rounding lets tell";
  }
};

namespace detail {

/// The precision of an objective's value.
template <class Value>
constexpr double epsilon_of() {
  if constexpr (std::floating_point<Value>) return static_cast<double>(std::numeric_limits<Value>::epsilon());
  else return std::numeric_limits<double>::epsilon();
}
template <class F, class Theta>
constexpr double value_epsilon() {
  if constexpr (TwoPartObjective<F, Theta>)
    return epsilon_of<std::remove_cvref_t<decltype(std::declval<F&>().value(std::declval<const Theta&>()))>>();
  else if constexpr (ObjectiveFunction<F, Theta>)
    return epsilon_of<std::remove_cvref_t<std::invoke_result_t<F&, const Theta&, Theta&>>>();
  else return std::numeric_limits<double>::epsilon();
}

/// Compares a gradient with differences of the value, number by number, and keeps the worst.
template <class Value>
class Comparison {
 public:
  /// `precision` is the value's epsilon.
  Comparison(const Value& value, double precision, double tolerance)
      : value_(value), here_(value()), precision_(precision), tolerance_(tolerance) {}

  template <class X, class G>
  void leaf(const Path& path, X& tensor, const G& gradient) {
    using T = element_t<X>;
    check_shape(path, tensor, gradient);
    for (std::size_t i = 0; i < gradus::size_of(tensor); ++i) {
      T given{};
      gradus::read_elements(gradient, gradus::order_of(tensor), i, 1, &given);
      for (std::size_t part = 0; part < reals_of<T>; ++part)
        number(path, tensor, i, part, static_cast<double>(as_reals(&given)[part]));
    }
  }

  const GradientCheck& worst() const { return worst_; }

 private:
  template <class X>
  void number(const Path& path, X& tensor, std::size_t index, std::size_t part, double given) {
    using Along = Difference<X, Value>;
    const double good = tolerance_ > 0 ? tolerance_ : Along::share() / 10;
    Nudge<X> nudge(tensor, index, part);
    const Slope slope = Along(nudge, value_, here_, precision_).near(given, good);
    const double error = slope.error(given);
    if (!worst_.leaf.empty() && error <= worst_.error) return;
    const bool complex = ComplexNumber<element_t<X>>;
    worst_ = {path.leaf_name(), index, given, slope.value, error, good,
              !complex ? "" : part == 0 ? ", real part" : ", imaginary part"};
  }

  const Value& value_;
  double here_, precision_, tolerance_;
  GradientCheck worst_;
};

/// What an expression comes to, in a set like the parameters.
template <class Theta, class G>
Theta evaluated(const Theta& theta, const G& expression) {
  Theta gradient = theta;
  for_each_gradient(gradient, expression, [](const Path& path, auto& to, const auto& from) {
    check_shape(path, to, from);
    std::vector<element_t<std::remove_cvref_t<decltype(to)>>> all(gradus::size_of(to));
    gradus::read_elements(from, gradus::order_of(to), 0, all.size(), all.data());
    gradus::write_elements(to, gradus::order_of(to), 0, all.size(), all.data());
  });
  return gradient;
}

}  // namespace detail

/// Compares an objective's gradient at `theta` with central differences, element by element, and names the worst.
/// `theta` is moved and put back, even if the objective throws. The gradient of a complex element is da + i db, by its
/// real and imaginary part: the direction of steepest ascent.
///
/// The default tolerance is a tenth of the cube root of the element type's epsilon, 6e-7 for double: differences of a
/// function of moderate curvature come closer, a wrong term does not. It is relative, to each element. What 64
/// roundings of the value explain is no error, so that a small gradient of a large value is not judged.
///
/// Cost    two evaluations per element, and up to six of one that seems wrong.
/// Errors  `Refused` where a gradient does not have its leaf's shape.
template <class F, class Theta>
GradientCheck check_gradient(F&& objective, Theta& theta, double tolerance = 0) {
  using Function = std::remove_reference_t<F>;
  static_assert(detail::owns_all<Theta>(),
                "gradus: the parameters are a view, whose copy cannot hold a gradient; check the gradient at a tensor "
                "that has elements of its own");
  static_assert(!is_batches<std::remove_cv_t<Function>>,
                "gradus: an objective in batches is another one in every call; check the gradient of the whole sum");
  if constexpr (!detail::told_in_double(detail::elements_of<Theta>{})) return {};
  const auto compared = [&](const auto& value, const Theta& gradient) {
    detail::Comparison comparison(value, detail::value_epsilon<Function, Theta>(), tolerance);
    detail::for_each_gradient(theta, gradient, [&](const auto& path, auto& tensor, const auto& g) {
      comparison.leaf(path, tensor, g);
    });
    return comparison.worst();
  };
  if constexpr (TwoPartObjective<Function, Theta>) {
    // Evaluated before anything is moved: the expression may read the parameters.
    const Theta gradient = detail::evaluated(std::as_const(theta), objective.gradient(std::as_const(theta)));
    return compared([&] { return static_cast<double>(objective.value(std::as_const(theta))); }, gradient);
  } else {
    static_assert(FusedObjective<Function, Theta>,
                  "gradus: the objective is neither objective(value, gradient) nor a function double(const Theta&, "
                  "Theta& gradient), and has no EvaluateWithGradient, or Evaluate and Gradient");
    Theta gradient = theta, ignored = theta;
    gradus::unset(gradient);
    gradus::value_and_gradient(objective, std::as_const(theta), gradient);
    return compared([&] { return gradus::value_and_gradient(objective, std::as_const(theta), ignored); }, gradient);
  }
}

}  // namespace gradus
