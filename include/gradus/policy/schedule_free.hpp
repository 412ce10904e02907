// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/power.hpp>

namespace gradus {

/// Averages the iterates instead of lowering the rate. The parameters, where gradients are taken, lie between the
/// steps' own iterate z and its average x.
///
///     z <- z + u
///     x <- (1 - c) x + c z        c: this step's share of all weights w = (largest rate so far)^weight_power
///     p + u = (1 - beta) z + beta x
///
/// x is not stored: it is (p - (1 - beta) z) / beta, which `averages` returns: the point to evaluate and to keep.
///
/// Slots   base, which is z; the parameter at first. The largest rate, the sum of weights and beta are the run's.
/// Order   last of the policies that change the update, behind the rate and any warmup; another behind it does not
///         compile, nor does a constraint, which would move p but not z. It takes the place of momentum: one in front
///         does not compile.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless beta lies in (0, 1) and weight_power is finite and at least 0.
/// Source  Defazio et al. (2024), The Road Less Scheduled; `optax.contrib.schedule_free`.
struct ScheduleFree {
  double beta = 0.9;        ///< where the parameters stand, from z at 0 to x at 1
  double weight_power = 2;  ///< how much less a step weighs while the rate still grows

  static constexpr auto limits =
      Limits{Limit{"beta", &ScheduleFree::beta, Range::positive}, Limit{"beta", &ScheduleFree::beta, Range::unit},
             Limit{"weight_power", &ScheduleFree::weight_power, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool closes = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{.name = "base", .from_parameter = true}};
  static constexpr Name kept[]{"largest <- max(largest, rate)", "weights <- weights + largest^weight_power", "beta"};
  static constexpr Name scalars[]{"1 - (1 - c) beta / (beta before)", "1 - beta (1 - c)"};

  constexpr std::array<double, 3> start() const { return {0, 0, beta}; }
  constexpr std::array<double, 3> next(const Step& step) const {
    const double largest = step.rate > step.before[0] ? step.rate : step.before[0];
    return {largest, step.before[1] + weight(largest), beta};
  }
  constexpr std::array<double, 2> at(const Step& step) const {
    const double c = step.now[1] == 0 ? 0 : weight(step.now[0]) / step.now[1];
    const double before = step.before[2];  // the beta that p was set with
    return {beta == before ? c : 1 - opaque(beta / before * (1 - c)), 1 - opaque(beta * (1 - c))};
  }

  static constexpr void apply(Record& r, Lane& base, Lane share, Lane gain) {
    const Lane moved = base + r.update;
    r.update = share * (base - r.parameter) + gain * r.update;
    base = moved;
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool alone = []<class... P>(Policies<P...>) { return !(momentum_of<P> || ...); }(Before{});
    static_assert(alone, "gradus: ScheduleFree takes the place of momentum; leave out the one in front of it");
    return alone;
  }

  /// x, the average, of an element.
  constexpr double average(double parameter, double base) const {
    return (parameter - opaque((1 - beta) * base)) / beta;
  }

 private:
  constexpr double weight(double rate) const { return weight_power == 2 ? rate * rate : to_power(rate, weight_power); }
};

}  // namespace gradus
