// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

#include <array>
#include <cstddef>

namespace gradus {

/// Learns the scale of another rule's steps while it runs: the parameters are p_0 plus S times the sum of the steps.
///
///     d = (p - p_0) / (S + epsilon),   h = <g - W p, d>        W = weight_decay S abs(g) / (abs(p) + epsilon)
///     for each beta_k = 1 - 10^-k:
///       r_k <- beta_k r_k + clamp(h, -m_k, m_k) s_k,   m_k <- max(beta_k m_k, abs(h) + epsilon)
///       v_k <- beta_k^2 v_k + h^2,   s_k <- (first / K m_k + max(r_k, 0)) / (sqrt(v_k) + epsilon)
///     S <- s_1 + ... + s_K,   p + u = p_0 + S (d + u)
///
/// Slots   start, which is p_0. The 4 K numbers are the run's; K is 6 unless the type says otherwise.
/// Order   last of the policies that change the update, behind the rate; another behind it does not compile, nor does a
///         constraint. The rate in front needs no tuning: 1, with any schedule.
/// Cost    one read-only pass over gradient, parameter and start before the one that writes, which reads start.
/// Errors  `Refused` unless first is finite and above 0 and weight_decay and epsilon are finite and at least 0;
///         and where a leaf has no gradient.
/// Source  Cutkosky, Defazio and Mehta (2023); `optax.contrib.mechanize`.
template <std::size_t K = 6>
  requires(K >= 1 && K <= 12)
struct Mechanic {
  double first = 1e-6;  ///< each s_k at first
  double weight_decay = 0.01;
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"first", &Mechanic::first, Range::positive},
                                        Limit{"weight_decay", &Mechanic::weight_decay, Range::not_negative},
                                        Limit{"epsilon", &Mechanic::epsilon, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool every_leaf = true;
  static constexpr bool closes = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{.name = "start", .from_parameter = true}};
  static constexpr Name sums[]{"g (p - p_0)", "p (p - p_0)", "g^2", "p^2"};
  static constexpr Name scalars[]{"S", "1 / (old_S + epsilon)"};
  static constexpr auto kept = [] {
    constexpr Name of_one[]{"r_k <- beta_k r_k + clamp(h, -m_k, m_k) s_k", "m_k <- max(beta_k m_k, abs(h) + epsilon)",
                            "v_k <- beta_k^2 v_k + h^2",
                            "s_k <- (first / K m_k + max(r_k, 0)) / (sqrt(v_k) + epsilon)"};
    std::array<Name, 4 * K> names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = of_one[i % 4];
    return names;
  }();

  using Numbers = std::array<double, 4 * K>;
  constexpr Numbers start() const {
    Numbers numbers{};
    for (std::size_t k = 0; k < K; ++k) numbers[4 * k + 3] = first;
    return numbers;
  }

  constexpr Numbers next(const Step& step, const Sums& sum) const {
    const double before = total(step.before) + epsilon, g = square_root(sum[2]), p = square_root(sum[3]) + epsilon;
    const double decay = p == 0 ? 0 : weight_decay * total(step.before) * g / p;
    const double h = before == 0 ? 0 : (sum[0] - opaque(decay * sum[1])) / before, size = h < 0 ? -h : h;
    Numbers now{};
    double gap = 1;
    for (std::size_t k = 0; k < K; ++k) {
      const double *old = step.before + 4 * k, beta = 1 - (gap *= 0.1), most = old[1];
      const double clipped = h > most ? most : h < -most ? -most : h;
      double* const here = now.data() + 4 * k;
      here[0] = opaque(beta * old[0]) + opaque(clipped * old[3]);
      here[1] = beta * old[1] > size + epsilon ? beta * old[1] : size + epsilon;
      here[2] = opaque(beta * beta * old[2]) + opaque(h * h);
      const double wealth = opaque(first / static_cast<double>(K) * here[1]) + (here[0] > 0 ? here[0] : 0);
      const double root = square_root(here[2]) + epsilon;
      here[3] = root == 0 ? 0 : wealth / root;
    }
    return now;
  }
  constexpr std::array<double, 2> at(const Step& step, const Sums&) const {
    const double before = total(step.before) + epsilon;
    return {total(step.now), before == 0 ? 0 : 1 / before};
  }

  static constexpr std::array<Term, 4> terms(const Record& r, Lane start) {
    const Lane gone = r.parameter - start;
    return {{{r.gradient, gone}, {r.parameter, gone}, {r.gradient, r.gradient}, {r.parameter, r.parameter}}};
  }
  static constexpr void apply(Record& r, Lane& start, Lane scale, Lane unscale) {
    const Lane gone = r.parameter - start;
    r.update = scale * (gone * unscale + r.update) - gone;
  }

 private:
  static constexpr double total(const double* numbers) {
    double sum = 0;
    for (std::size_t k = 0; k < K; ++k) sum += numbers[4 * k + 3];
    return sum;
  }
};

}  // namespace gradus
