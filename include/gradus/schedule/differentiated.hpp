// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/number.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/rest.hpp>
#include <gradus/schedule/follow.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace gradus {

namespace detail {

/// Six places near a number, and the derivative there of a function known at all seven: that of the polynomial through
/// them. They lie on both sides, within 1/128 of the distance to 0 or, between 0 and 1, to the nearer of them; at 0 or
/// 1 itself, on the side of the other.
class NearPlaces {
 public:
  static constexpr std::size_t count = 6;

  explicit constexpr NearPlaces(double at) {
    const double size = at < 0 ? -at : at, room = 0 < at && at < 1 ? std::min(at, 1 - at) : size;
    for (std::size_t k = 0; k != count; ++k) {
      const double third = static_cast<double>(k / 2 + 1) / 3, sign = k % 2 == 0 ? 1 : -1;
      double off = sign * third * room / 128;
      if (at == 0 || at == 1) off = (at == 0 ? 1 : -1) * static_cast<double>(k + 1) * 0x1p-22;
      place_[k] = at + off, off_[k] = place_[k] - at;
    }
    for (std::size_t k = 0; k != count && is_finite(at); ++k) {  // at infinity no weight: nothing near is another
      weight_[k] = 1 / off_[k];
      for (std::size_t j = 0; j != count; ++j)
        if (j != k) weight_[k] *= off_[j] / (off_[j] - off_[k]);
    }
  }

  constexpr double operator[](std::size_t k) const { return place_[k]; }

  /// For a function with the value `here` at the number and f(k) at the places.
  template <class F>
  constexpr double derivative(double here, F f) const {
    double sum = 0;
    for (std::size_t k = 0; k != count; ++k)
      if (weight_[k] != 0) sum += weight_[k] * (f(k) - here);
    return sum;
  }

 private:
  double place_[count]{}, off_[count]{}, weight_[count]{};
};

}  // namespace detail

/// A policy whose scalars carry their derivatives by one of its hyper-parameters; `differentiated` makes one.
template <auto Member, class P>
struct Differentiated : P {
  static constexpr bool momentum = false;  // nobody may borrow scalars that are two
  static constexpr bool per_run = per_run_of<P>;
  void rate_at(const Step&) const = delete;  // a factor becomes a text
  constexpr double counted_rate(const Step& step) const
    requires FactorPolicy<P>
  {
    return P::rate_at(step);
  }

  static constexpr std::size_t own = FactorPolicy<P> ? 1 : scalar_count<P>;

  static constexpr auto scalars = [] {
    std::array<Name, 2 * own> names;
    for (std::size_t i = 0; i != own; ++i) {
      if constexpr (HasScalars<P>) names[i] = P::scalars[i];
      else names[i] = P::factor_name;
      names[own + i] = "derivative";
    }
    return names;
  }();
  static constexpr Name draws[]{"unit"};

  template <class Before>
  static constexpr bool place() {
    constexpr bool told = own != 0 && kept_count<P> == 0 && !NormPolicy<P> && !HasSums<P> && !BorrowingPolicy<P> &&
                          !GatheringPolicy<P> && !DrawingPolicy<P> && !GroupedPolicy<P> &&
                          !requires(const P& p) { p.first(); };
    static_assert(
        told,
        "gradus: a derivative by a hyper-parameter comes through what a policy calculates once per step of it "
        "and of the count; this one has no such scalars, measures, borrows, gathers, draws, keeps numbers, "
        "sets first values, or is by_leaf, which is written around: by_leaf<...>(values, differentiated<...>())");
    constexpr bool real = std::floating_point<std::remove_cvref_t<decltype(std::declval<P&>().*Member)>>;
    static_assert(real, "gradus: a derivative is by a hyper-parameter that is a double; name another member");
    if constexpr (!told || !real) return false;
    else if constexpr (requires { P::template place<Before>(); }) return P::template place<Before>();
    else return true;
  }

  /// The policy's bases, and those at the places nearby.
  constexpr auto bases() const
    requires HasBases<P>
  {
    constexpr std::size_t each = base_count<P>;
    std::array<double, (1 + detail::NearPlaces::count) * each> both{};
    const auto put = [&](std::size_t k, const P& policy) {
      std::ranges::copy(policy.bases(), both.begin() + k * each);
    };
    put(0, *this);
    const detail::NearPlaces places(this->*Member);
    for (std::size_t k = 0; k != places.count; ++k) put(1 + k, with(places[k]));
    return both;
  }

  /// The policy's scalars, and their derivatives. One that is told more with the step is refused by `place`.
  constexpr std::array<double, 2 * own> at(const Step& step, const auto&...) const {
    const detail::NearPlaces places(this->*Member);
    const auto here = scalars_of(*this, step, 0);
    std::array<std::array<double, own>, places.count> near{};
    for (std::size_t k = 0; k != places.count; ++k) near[k] = scalars_of(with(places[k]), step, 1 + k);
    std::array<double, 2 * own> both{};
    for (std::size_t i = 0; i != own; ++i) {
      both[i] = here[i];
      both[own + i] = places.derivative(here[i], [&](std::size_t k) { return near[k][i]; });
    }
    return both;
  }

  /// The number with value 0 and derivative 1, if the type has one, else 0.
  template <class T>
  void draw(const Draw&, std::size_t size, T* to) const {
    if constexpr (DualNumber<T>) std::fill_n(to, size, number_traits<T>::unit());
    else std::fill_n(to, size, static_cast<T>(0));
  }

  template <class... L>
    requires((FactorPolicy<P> || TextPolicy<P>) && sizeof...(L) == slot_count<P> + 2 * own + 1)
  static constexpr void apply(Record& r, L&&... lane) {
    Lane all[]{lane...};
    run(all, [&](auto&... given) {
      if constexpr (FactorPolicy<P>) r.update = (r.update * ... * given);
      else P::apply(r, given...);
    });
    detail::store_slots<P>(all, lane...);
  }
  template <class... L>
    requires(AfterPolicy<P> && sizeof...(L) == slot_count<P> + 2 * own + 1)
  static constexpr void after(Record& r, L&&... lane) {
    Lane all[]{lane...};
    run(all, [&](auto&... given) { P::after(r, given...); });
    detail::store_slots<P>(all, lane...);
  }

 private:
  constexpr P with(double member) const {
    P other = *this;
    other.*Member = member;
    return other;
  }

  // The scalars of the kth policy, by its part of all the bases.
  static constexpr std::array<double, own> scalars_of(const P& policy, Step step, std::size_t k) {
    if (step.now) step.now += k * base_count<P>, step.before += k * base_count<P>;
    if constexpr (FactorPolicy<P>) return {policy.rate_at(step)};
    else return policy.at(step);
  }

  // f(slots..., scalars...), each scalar with its derivative added.
  template <std::size_t N, class F>
  static constexpr void run(Lane (&all)[N], F f) {
    [&]<std::size_t... S, std::size_t... C>(std::index_sequence<S...>, std::index_sequence<C...>) {
      constexpr std::size_t first = slot_count<P>;
      Lane scalar[]{(all[first + C] + all[first + own + C] * all[N - 1])...};
      f(all[S]..., scalar[C]...);
    }(std::make_index_sequence<slot_count<P>>{}, std::make_index_sequence<own>{});
  }
};

template <auto Member, FollowingPolicy P>
struct Differentiated<Member, P> : P {
  using policy = Differentiated<Member, policy_of<P>>;

  constexpr policy in_step(std::int64_t step) const { return {{P::in_step(step)}}; }
};

/// Differentiates a run of dual numbers by a policy's hyper-parameter h: after any number of steps every parameter has
/// its derivative by h, along with whatever else the numbers carry.
///
///     v <- v + (dv / dh) unit   for each scalar v of the policy; unit has the value 0 and the derivative 1
///
///     gradus::Optimizer optimizer{gradus::Momentum{0.9},
///                                 gradus::differentiated<&gradus::LearningRate::rate>(gradus::LearningRate{0.1})};
///     std::vector<Dual> theta(3);      // of a type that number_traits knows, with a `unit`
///     auto state = optimizer.init(theta);
///     for (...) optimizer.descend(theta, gradient(theta), state);
///     theta[0].derivative              // of theta[0] by the rate
///
/// What follows from slots and gradients is as exact as the numbers' arithmetic. A policy's scalars are differentiated
/// by differences of its own `at`, to 9 to 14 digits, fewer where they are ill-conditioned (1 - beta^t for beta close
/// to 1) or jump nearby, and where the hyper-parameter is 0 or 1. What other policies make of the rate in force (a
/// threshold) carries no derivative by it. The derivatives of several such policies add up. Numbers that carry none
/// step as without this policy, except for what policies behind it draw.
///
/// Slots   the policy's.
/// Order   the policy's; a `Nesterov` cannot borrow from it.
/// Cost    the policy's scalars seven times per step and leaf; a product and a sum for each that its text uses.
/// Errors  the policy's. A policy that has no scalars, measures, borrows, gathers, draws, keeps numbers or sets first
///         values does not compile.
/// Source  forward-mode differentiation; for a learning rate, Franceschi et al. (2017).
template <auto Member, class P = decltype(detail::class_of(Member))>
constexpr Differentiated<Member, P> differentiated(P policy = {}) {
  return {{std::move(policy)}};
}

}  // namespace gradus
