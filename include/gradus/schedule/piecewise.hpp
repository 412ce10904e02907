// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/schedule/progress.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace gradus {

/// A value that holds from a time on; `at` counts steps done, and may lie between two.
struct Knot {
  double at = 0;
  double value = 0;
};

/// How a value goes from one knot to the next.
enum class Between { stairs, line, cosine };

/// Through knots in order of time; the first value holds before them, the last one after.
///
///     gradus::Piecewise warm{std::array{gradus::Knot{0, 0.01}, gradus::Knot{300, 0.1}, gradus::Knot{1000, 0}}};
///
/// Errors  `Refused`, in the step that asks, unless the knots are in the order of their times.
/// Source  `optax.piecewise_constant_schedule`, `piecewise_interpolate_schedule` and the one-cycle schedules;
///         `torch.optim.lr_scheduler.MultiStepLR`, `ConstantLR` and `OneCycleLR`.
template <std::size_t N>
struct Piecewise {
  static_assert(N != 0, "gradus: Piecewise has no knot; give at least one");

  std::array<Knot, N> knots;
  Between between = Between::line;

  double operator()(std::int64_t step) const {
    for (std::size_t k = 0; k != N; ++k)
      if (!(knots[k == 0 ? 0 : k - 1].at <= knots[k].at))
        refuse({"knot ", k + 1, " of a Piecewise is at ", knots[k].at, "; give knots in the order of their times"});
    const auto now = static_cast<double>(step - 1);
    std::size_t next = 0;
    while (next < N && knots[next].at <= now) ++next;
    if (next == 0) return knots[0].value;
    if (next == N || between == Between::stairs) return knots[next - 1].value;
    const auto [begin, from] = knots[next - 1];
    const auto [end, to] = knots[next];
    const double x = (now - begin) / (end - begin);
    return gradus::between(from, to, between == Between::line ? x : half_wave(x));
  }
};

template <std::size_t N>
Piecewise(std::array<Knot, N>) -> Piecewise<N>;
template <std::size_t N>
Piecewise(std::array<Knot, N>, Between) -> Piecewise<N>;

/// Up to a peak, then down to below where it began, in one run.
///
/// Errors  `Refused`, in the step that asks, unless steps is at least 1, rise lies in [0, 1], and first and last are
///         finite and above 0.
/// Source  Smith and Topin (2019); `optax.cosine_onecycle_schedule`. `optax.linear_onecycle_schedule`, and
///         `torch.optim.lr_scheduler.OneCycleLR`, one step shorter in each part, are a `Piecewise`.
struct OneCycle {
  double peak = 1;
  std::int64_t steps = 1;  ///< of the run
  double rise = 0.3;       ///< share of the steps on the way up
  double first = 25;       ///< the peak divided by where it begins
  double last = 1e4;       ///< where it begins divided by where it ends

  static constexpr auto limits =
      Limits{Limit{"steps", &OneCycle::steps, Range::from_one}, Limit{"rise", &OneCycle::rise, Range::closed_unit},
             Limit{"first", &OneCycle::first, Range::positive}, Limit{"last", &OneCycle::last, Range::positive}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    const double low = peak / first, turn = std::floor(rise * static_cast<double>(steps));
    const Piecewise wave{std::array{Knot{0, low}, Knot{turn, peak}, Knot{static_cast<double>(steps), low / last}},
                         Between::cosine};
    return wave(step);
  }
};

}  // namespace gradus
