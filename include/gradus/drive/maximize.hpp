// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/drive/gradient_norm.hpp>
#include <gradus/drive/objective.hpp>
#include <gradus/drive/snapshot.hpp>
#include <gradus/drive/stop.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/readable.hpp>
#include <gradus/parameters/zero.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace gradus {

/// An `Optimizer`, a `Partition` or an `AnyOptimizer`.
template <class O>
concept Drivable = requires(const O& optimizer) {
  { optimizer.guards() } -> std::same_as<bool>;
};

namespace detail {

template <class O>
constexpr bool is_drivable() {
  constexpr bool drivable = Drivable<O>;
  static_assert(drivable,
                "gradus: behind objective and parameters comes an optimizer, and behind it its state or the options; "
                "make one of a policy by gradus::Optimizer{policy}");
  return drivable;
}

}  // namespace detail

/// Where a drive ended: the parameters hold this point.
struct DriveResult {
  double value = 0;          ///< the objective's
  std::int64_t steps = 0;    ///< asked for, including those that a policy skipped or only gathered in
  double gradient_norm = 0;  ///< Euclidean, over all leaves
  Stop reason = Stop::steps;

  /// One line; `<<` writes the same.
  std::string str() const {
    return "value " + detail::text(value) + " after " + std::to_string(steps) + " steps, gradient norm " +
           detail::text(gradient_norm) + "; stopped by the " + name_of(reason);
  }
  friend std::ostream& operator<<(std::ostream& out, const DriveResult& result) { return out << result.str(); }
};

namespace detail {

template <bool Up, class F, class Theta, class S, class O>
class Drive {
 public:
  Drive(F& objective, Theta& theta, const O& optimizer, S& state, const DriveOptions& options)
      : objective_(objective), theta_(theta), optimizer_(optimizer), state_(state), stops_(options) {}

  DriveResult run() {
    if constexpr (!readable<Theta, const NoGradient>()) {
      return {};  // refused: `readable` has said why
    } else if constexpr (TwoPartObjective<F, Theta>) {
      return loop([&](auto&& use) {
        return use(static_cast<double>(objective_.value(std::as_const(theta_))),
                   objective_.gradient(std::as_const(theta_)));
      });
    } else {
      constexpr bool fused = FusedObjective<F, Theta>, own = owns_all<Theta>();
      static_assert(own,
                    "gradus: the parameters are a view, whose copy cannot hold a gradient; use "
                    "gradus::objective(value, gradient)");
      constexpr bool terms = !fused && requires { objective_.NumFunctions(); };
      static_assert(!terms,
                    "gradus: the objective is a sum of terms (it has NumFunctions); step by parts of it, "
                    "gradus::in_batches(objective, size)");
      static_assert(fused || !own || terms,
                    "gradus: the objective is neither objective(value, gradient) nor a function double(const Theta&, "
                    "Theta& gradient), and has no EvaluateWithGradient, or Evaluate and Gradient");
      if constexpr (fused && own) {
        std::remove_const_t<Theta> gradient = theta_;
        gradus::unset(gradient);
        return loop([&](auto&& use) {
          const double value = gradus::value_and_gradient(objective_, std::as_const(theta_), gradient);
          return use(value, gradient);
        });
      }
    }
  }

 private:
  // `evaluate(use)` calls use(value, gradient) at the current point.
  template <class Evaluate>
  DriveResult loop(Evaluate evaluate) {
    DriveResult here;
    std::int64_t step = state_.step();
    for (std::int64_t taken = 0;; ++taken) {
      const bool stopped = evaluate([&](double value, const auto& gradient) {
        const double norm = gradus::gradient_norm<typename storage_of<S>::gradients>(theta_, gradient);
        if (!is_finite(value) || (!optimizer_.guards() && !is_finite(norm))) return give_up(here, taken, value, norm);
        const bool moved = state_.step() != step;  // false if a step was skipped, or a gradient only gathered
        const double change = moved ? std::abs(value - here.value) : std::numeric_limits<double>::infinity();
        step = state_.step();
        here = {value, taken, norm, Stop::steps};
        if (const auto reason = stops_.at({taken, value, norm}, change)) return here.reason = *reason, true;
        keep_.take(theta_), kept_ = state_;
        if constexpr (Up) optimizer_.ascend(theta_, gradient, state_, Value{value});
        else optimizer_.descend(theta_, gradient, state_, Value{value});
        return false;
      });
      if (stopped) return here;
    }
  }

  // The step before led to a bad point; `last` is the last good one. Before the first step there is none.
  bool give_up(DriveResult& last, std::int64_t taken, double value, double norm) {
    if (taken != 0) keep_.restore(theta_), state_ = kept_;
    else last = {value, 0, norm, {}};
    last.reason = Stop::non_finite;
    return true;
  }

  F& objective_;
  Theta& theta_;
  const O& optimizer_;
  S& state_;
  const Stops stops_;
  Snapshot keep_{};
  S kept_{};
};

// Whether an objective stands before the parameters; does not compile if not.
template <class F, class Theta>
constexpr bool is_ordered() {
  constexpr bool parameters_first = (Tensor<F> || Set<F>) && !(Tensor<Theta> || Set<Theta>);
  static_assert(!parameters_first,
                "gradus: the objective comes first, then the parameters: minimize(objective, theta, optimizer)");
  return !parameters_first;
}

// Drives if what it is given makes sense.
template <bool Up, class F, class Theta, class O, class S>
DriveResult drive(F& objective, Theta&& theta, const O& optimizer, S& state, const DriveOptions& options) {
  if constexpr (is_drivable<O>() && is_ordered<F, std::remove_cvref_t<Theta>>() && lasting<Theta, S>())
    return Drive<Up, F, std::remove_reference_t<Theta>, S, O>(objective, theta, optimizer, state, options).run();
  else return {};
}
template <bool Up, class F, class Theta, class O>
DriveResult drive(F& objective, Theta&& theta, const O& optimizer, const DriveOptions& options) {
  if constexpr (!is_drivable<O>() || !is_ordered<F, std::remove_cvref_t<Theta>>()) {
    return {};
  } else if constexpr (readable<std::remove_reference_t<Theta>, const NoGradient>()) {
    auto state = optimizer.init(theta);
    return drive<Up>(objective, std::forward<Theta>(theta), optimizer, state, options);
  } else {
    return {};
  }
}

}  // namespace detail

/// Steps uphill until a reason to stop, and returns where it ended. `objective` is two callables joined by
/// `objective(value, gradient)`, or one `double(const Theta&, Theta& gradient)`, or an object as ensmallen takes it
/// (`FusedObjective`; `in_batches` steps by parts of a sum). It assigns all of the gradient, whose elements are NaN
/// before, and then those of the point before; any direction to climb will do, such as a natural gradient. The value
/// and gradient norm returned are those at the parameters as they are left. A value (or, unless the composition guards
/// against it, a gradient) that is not finite ends the drive at the last good point.
///
/// A throwing objective leaves parameters and state as the last whole step left them.
///
/// Cost    in each step the objective, a norm of the gradient, and a copy of parameters and state to return to.
/// Errors  `Refused` for options out of range, and whatever a step refuses.
template <class F, class Theta, class O, std::derived_from<State> S>
DriveResult maximize(F&& objective, Theta&& theta, const O& optimizer, S& state, const DriveOptions& options = {}) {
  return detail::drive<true>(objective, std::forward<Theta>(theta), optimizer, state, options);
}

/// The same with a state of its own.
template <class F, class Theta, class O>
DriveResult maximize(F&& objective, Theta&& theta, const O& optimizer, const DriveOptions& options = {}) {
  return detail::drive<true>(objective, std::forward<Theta>(theta), optimizer, options);
}

/// Steps downhill; otherwise as `maximize`.
template <class F, class Theta, class O, std::derived_from<State> S>
DriveResult minimize(F&& objective, Theta&& theta, const O& optimizer, S& state, const DriveOptions& options = {}) {
  return detail::drive<false>(objective, std::forward<Theta>(theta), optimizer, state, options);
}

template <class F, class Theta, class O>
DriveResult minimize(F&& objective, Theta&& theta, const O& optimizer, const DriveOptions& options = {}) {
  return detail::drive<false>(objective, std::forward<Theta>(theta), optimizer, options);
}

}  // namespace gradus
