// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace gradus {

/// From one value to another along half a cosine, then constant.
///
///     to + (from - to) ((1 + cos(pi x)) / 2)^power,   x = (t - 1 - begin) / steps, held in [0, 1]
///
/// Errors  `Refused`, in the step that asks, unless steps and begin are at least 0.
/// Source  Loshchilov and Hutter (2017); `optax.cosine_decay_schedule`, whose alpha is to / from.
struct Cosine {
  double from = 1;
  double to = 0;
  std::int64_t steps = 1;  ///< 0: `to` from the beginning
  double power = 1;
  std::int64_t begin = 0;  ///< steps before it sets out

  static constexpr auto limits =
      Limits{Limit{"steps", &Cosine::steps, Range::not_negative}, Limit{"begin", &Cosine::begin, Range::not_negative}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    const double rest = 1 - half_wave(progress(step, begin, steps));
    return between(to, from, power == 1 ? rest : std::pow(rest, power));
  }
};

/// A cosine that swings back and forth: to `to` in `steps` steps, back to `from` in as many, and so on.
///
/// Errors  `Refused`, in the step that asks, unless steps is at least 1.
/// Source  `torch.optim.lr_scheduler.CosineAnnealingLR`, which stops at neither end.
struct CosineWave {
  double from = 1;
  double to = 0;
  std::int64_t steps = 1;

  static constexpr auto limits = Limits{Limit{"steps", &CosineWave::steps, Range::from_one}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    const std::int64_t gone = step - 1;
    const bool endless = steps > std::numeric_limits<std::int64_t>::max() / 2;  // the first round never ends
    const auto phase = static_cast<double>(endless ? gone : gone % (2 * steps));
    return between(from, to, half_wave(phase / static_cast<double>(steps)));
  }
};

/// Half a cosine again and again, each `growth` times as long as the one before.
///
/// Errors  `Refused`, in the step that asks, unless steps and growth are at least 1.
/// Source  Loshchilov and Hutter (2017), SGDR; `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
struct WarmRestarts {
  double from = 1;
  double to = 0;
  std::int64_t steps = 1;  ///< of the first round, at least 1
  double growth = 1;       ///< at least 1

  static constexpr auto limits = Limits{Limit{"steps", &WarmRestarts::steps, Range::from_one},
                                        Limit{"growth", &WarmRestarts::growth, Range::from_one}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    const auto first = static_cast<double>(steps), gone = static_cast<double>(step - 1);
    if (growth == 1) return at(static_cast<double>((step - 1) % steps) / first);
    // Rounds 0 to n - 1 take first (growth^n - 1) / (growth - 1) steps. Near n the logarithm may be off by one.
    const auto begin = [&](double n) { return first * (std::pow(growth, n) - 1) / (growth - 1); };
    double n = std::floor(std::log(gone * (growth - 1) / first + 1) / std::log(growth));
    if (begin(n + 1) <= gone) ++n;
    if (begin(n) > gone) --n;
    return at((gone - begin(n)) / (first * std::pow(growth, n)));
  }

 private:
  double at(double x) const { return between(from, to, half_wave(x)); }
};

}  // namespace gradus
