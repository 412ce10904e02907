// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/drive/batches.hpp>
#include <gradus/drive/objective.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/shape.hpp>
#include <gradus/parameters/zero.hpp>

#include <concepts>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// What `check_gradient` found: the element where the gradient given and the numeric one differ most.
struct GradientCheck {
  std::string leaf;
  std::size_t index = 0;
  double given = 0;
  double numeric = 0;
  double error = 0;      ///< |given - numeric|, less what rounding explains, over the larger; infinite if one is
                         ///< not finite
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

/// A numeric derivative, and how far off rounding may put it.
struct Slope {
  double value = 0, unsure = 0;

  double error(double given) const {
    if (!is_finite(given) || !is_finite(value)) return std::numeric_limits<double>::infinity();
    const double off = std::abs(given - value) - unsure, larger = std::max(std::abs(given), std::abs(value));
    return off > 0 ? off / larger : 0;
  }
};

/// The derivative by which to judge a given one: a central difference over `step`; where that disagrees, another over a
/// share of x itself, in case the function bends on that scale, or one extrapolated from half the step.
template <class Difference>
Slope slope_near(double given, double x, double share, double tolerance, Difference difference) {
  const double step = share * std::max(1.0, std::abs(x));
  const Slope whole = difference(step);
  if (whole.error(given) <= tolerance) return whole;
  if (const double near = share * std::abs(x); near > 0 && near < step)
    if (const Slope small = difference(near); small.unsure <= 10 * tolerance * std::abs(small.value)) return small;
  const Slope half = difference(step / 2);
  const Slope finer{(4 * half.value - whole.value) / 3, 2 * half.unsure + std::abs(half.value - whole.value)};
  return finer.error(given) < whole.error(given) ? finer : whole;
}

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

/// Moves one element, or one part of a complex one, for as long as it lives.
template <class X>
class Nudge {
  using T = element_t<X>;
  using Real = arithmetic_t<T>;

 public:
  Nudge(X& tensor, std::size_t index, std::size_t part) : tensor_(tensor), index_(index), part_(part) {
    read_elements(tensor_, order_of(tensor_), index_, 1, &kept_);
  }
  Nudge(const Nudge&) = delete;
  Nudge& operator=(const Nudge&) = delete;
  ~Nudge() { write_elements(tensor_, order_of(tensor_), index_, 1, &kept_); }

  Real kept() const { return as_reals(&kept_)[part_]; }
  void set(Real x) {
    T moved = kept_;
    as_reals(&moved)[part_] = x;
    write_elements(tensor_, order_of(tensor_), index_, 1, &moved);
  }

 private:
  X& tensor_;
  std::size_t index_, part_;
  T kept_{};
};

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
  GradientCheck worst;
  if constexpr (!detail::told_in_double(detail::elements_of<Theta>{})) return worst;
  const auto check = [&](auto value, const auto& gradient) {
    const double here = value();
    detail::for_each_leaf(theta, gradient, [&](const detail::Path& path, auto& tensor, const auto& g) {
      using X = std::remove_cvref_t<decltype(tensor)>;
      using T = element_t<X>;
      if constexpr (!std::same_as<std::remove_cvref_t<decltype(g)>, detail::NoGradient>) {
        detail::check_shape(path, tensor, g);
        using Real = arithmetic_t<T>;
        const double third = std::cbrt(static_cast<double>(std::numeric_limits<Real>::epsilon()));
        for (std::size_t i = 0; i < size_of(tensor) * reals_of<T>; ++i) {
          const std::size_t element = i / reals_of<T>, part = i % reals_of<T>;
          T all_given{};
          read_elements(g, order_of(tensor), element, 1, &all_given);
          const Real given = as_reals(&all_given)[part];
          detail::Nudge<X> nudge(tensor, element, part);
          const auto difference = [&](double step) {
            const Real above = nudge.kept() + static_cast<Real>(step), below = nudge.kept() - static_cast<Real>(step);
            nudge.set(above);
            const double up = value();
            nudge.set(below);
            const double down = value(), width = static_cast<double>(above) - static_cast<double>(below);
            // Rounding of the value, and of x, by which the gradient turns as much as the value bends.
            const double of_value = detail::value_epsilon<Function, Theta>() * std::max(std::abs(up), std::abs(down));
            const double of_x = static_cast<double>(std::numeric_limits<Real>::epsilon()) *
                                std::max(1.0, std::abs(static_cast<double>(nudge.kept())));
            const double bend = std::abs(up + down - 2 * here) * 4 / width;
            return detail::Slope{(up - down) / width, 64 * (of_value + of_x * bend) / width};
          };
          const double good = tolerance > 0 ? tolerance : third / 10, told = static_cast<double>(given);
          const auto slope = detail::slope_near(told, static_cast<double>(nudge.kept()), third, good, difference);
          const double error = slope.error(told);
          if (worst.leaf.empty() || error > worst.error)
            worst = {path.leaf_name(), element, told, slope.value, error, good,
                     !ComplexNumber<T> ? "" : part == 0 ? ", real part" : ", imaginary part"};
        }
      }
    });
  };
  if constexpr (TwoPartObjective<Function, Theta>) {
    // Evaluated before anything is moved: the expression may read the parameters.
    Theta gradient = theta;
    const auto& expression = objective.gradient(std::as_const(theta));
    detail::for_each_leaf(gradient, expression, [](const detail::Path& path, auto& to, const auto& from) {
      using T = element_t<decltype(to)>;
      if constexpr (!std::same_as<std::remove_cvref_t<decltype(from)>, detail::NoGradient>) {
        detail::check_shape(path, to, from);
        std::vector<T> all(size_of(to));
        read_elements(from, order_of(to), 0, all.size(), all.data());
        write_elements(to, order_of(to), 0, all.size(), all.data());
      }
    });
    check([&] { return static_cast<double>(objective.value(std::as_const(theta))); }, gradient);
  } else {
    static_assert(FusedObjective<Function, Theta>,
                  "gradus: the objective is neither objective(value, gradient) nor a function double(const Theta&, "
                  "Theta& gradient), and has no EvaluateWithGradient, or Evaluate and Gradient");
    Theta gradient = theta, ignored = theta;
    unset(gradient);
    value_and_gradient(objective, std::as_const(theta), gradient);
    check([&] { return value_and_gradient(objective, std::as_const(theta), ignored); }, gradient);
  }
  return worst;
}

}  // namespace gradus
