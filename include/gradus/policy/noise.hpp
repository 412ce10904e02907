// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/normal.hpp>
#include <gradus/core/policy.hpp>

#include <cmath>
#include <cstdint>

namespace gradus {

/// Adds normal noise that fades.
///
///     u <- u + sqrt(variance / t^decay) n        n: standard normal, anew for each element and step
///
/// Slots   none: n follows from the seed, the place in the composition, the step, the leaf and the element's place in
///         its tensor's order, so a resumed run has the same. Its last bits are those of the C library's log and sine,
///         or of the device's.
/// Order   anywhere; moments behind it see the noise.
/// Cost    about 10 ns per element for the numbers; sweeps are cut into blocks.
/// Errors  `Refused` unless variance and decay are finite and at least 0. Needs Random123, whose SSE generators are
///         left out unless R123_USE_SSE is defined as 1.
/// Source  Neelakantan et al. (2015); `optax.add_noise`, which draws other numbers.
struct Noise {
  double variance = 0.01;
  double decay = 0.55;
  std::uint64_t seed = 0;

  static constexpr auto limits = Limits{Limit{"variance", &Noise::variance, Range::not_negative},
                                        Limit{"decay", &Noise::decay, Range::not_negative}};
  static constexpr Writes writes = Writes::received;
  static constexpr Name scalars[]{"sqrt(variance / t^decay)"};
  static constexpr Name draws[]{"n"};

  std::array<double, 1> at(const Step& step) const {
    return {square_root(variance * std::pow(static_cast<double>(step.count), -decay))};
  }
  template <class T>
  GRADUS_DEVICE void draw(const Draw& draw, std::size_t size, T* to) const {
    draw_normal(seed, draw, size, to);
  }

  static constexpr void apply(Record& r, Lane deviation, Lane n) { r.update = r.update + deviation * n; }
};

/// Adds the noise that turns ascent on a log-density into sampling from it.
///
///     u <- u + sqrt(2 rate temperature) n        rate: the one in force
///
/// Slots   none, as `Noise`.
/// Order   behind the rate and its schedules; a policy behind it that changes the update does not compile, a constraint
///         does. Nor does a momentum or a divisor in front, with which it would sample from something else; `Noise`
///         takes them.
/// Cost    as `Noise`.
/// Errors  `Refused` unless temperature is finite and at least 0. Needs Random123.
/// Source  Welling and Teh (2011), SGLD, whose step epsilon is twice the rate.
struct Langevin {
  double temperature = 1;  ///< 0 is plain ascent
  std::uint64_t seed = 0;

  static constexpr bool ends = true;
  static constexpr auto limits = Limits{Limit{"temperature", &Langevin::temperature, Range::not_negative}};
  static constexpr Name scalars[]{"sqrt(2 rate temperature)"};
  static constexpr Name draws[]{"n"};

  constexpr std::array<double, 1> at(const Step& step) const { return {square_root(2 * step.rate * temperature)}; }
  template <class T>
  GRADUS_DEVICE void draw(const Draw& draw, std::size_t size, T* to) const {
    draw_normal(seed, draw, size, to);
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool plain = []<class... P>(Policies<P...>) {
      return !((momentum_of<P> || cancels_scale_of<P>) || ...);
    }(Before{});
    static_assert(
        plain,
        "gradus: a momentum or a divisor stands before Langevin, which then samples from another density; leave "
        "it out, or add Noise in place of Langevin");
    return plain;
  }

  static constexpr void apply(Record& r, Lane deviation, Lane n) { Noise::apply(r, deviation, n); }
};

}  // namespace gradus
