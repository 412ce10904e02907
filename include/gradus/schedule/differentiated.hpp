// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/schedule/follow.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace gradus {

namespace detail {

/// The derivative of f at 0 by differences of [-reach, reach] and its half and quarter, extrapolated: what is left is
/// of the sixth order. f(k) is for the kth of `places(reach)`.
struct Differences {
  static constexpr std::size_t count = 6;

  static constexpr std::array<double, count> places(double reach) {
    return {reach, -reach, reach / 2, -reach / 2, reach / 4, -reach / 4};
  }
  template <class F>
  static constexpr double derivative(double reach, F f) {
    const double whole = (f(0) - f(1)) / (2 * reach), half = (f(2) - f(3)) / reach, quarter = 2 * (f(4) - f(5)) / reach;
    const double first = (4 * half - whole) / 3, second = (4 * quarter - half) / 3;
    return (16 * second - first) / 15;
  }
};

}  // namespace detail

/// A policy whose scalars carry their derivative by one of its hyper-parameters; `differentiated` makes one.
template <auto Member, class P>
struct Differentiated : P {
  static constexpr bool momentum = false;    // nobody may borrow scalars that are two
  void rate_at(const Step&) const = delete;  // a factor becomes a text

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
                          !GatheringPolicy<P> && !DrawingPolicy<P>;
    static_assert(
        told,
        "gradus: a derivative by a hyper-parameter comes through what a policy calculates once per step of it "
        "and of the count alone; this one has no scalars, measures, borrows, gathers, draws or keeps numbers");
    constexpr bool real = std::floating_point<std::remove_cvref_t<decltype(std::declval<P&>().*Member)>>;
    static_assert(real, "gradus: a derivative is by a hyper-parameter that is a double; name another member");
    if constexpr (!told || !real) return false;
    else if constexpr (requires { P::template place<Before>(); }) return P::template place<Before>();
    else return true;
  }

  /// The policy's bases, and those of its shifted copies.
  constexpr auto bases() const
    requires HasBases<P>
  {
    constexpr std::size_t each = base_count<P>;
    std::array<double, (1 + detail::Differences::count) * each> all{};
    const auto put = [&](std::size_t k, const P& policy) { std::ranges::copy(policy.bases(), all.begin() + k * each); };
    put(0, *this);
    for (std::size_t k = 0; k != detail::Differences::count; ++k) put(1 + k, shifted(k));
    return all;
  }

  /// The policy's scalars, and their derivatives.
  constexpr std::array<double, 2 * own> at(const Step& step) const {
    std::array<std::array<double, own>, 1 + detail::Differences::count> value{of(*this, step, 0)};
    for (std::size_t k = 0; k != detail::Differences::count; ++k) value[1 + k] = of(shifted(k), step, 1 + k);
    std::array<double, 2 * own> all{};
    for (std::size_t i = 0; i != own; ++i) {
      all[i] = value[0][i];
      all[own + i] = detail::Differences::derivative(reach(), [&](std::size_t k) { return value[1 + k][i]; });
    }
    return all;
  }

  /// The number with value 0 and derivative 1, where there is one.
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
    give_back(all, lane...);
  }
  template <class... L>
    requires(AfterPolicy<P> && sizeof...(L) == slot_count<P> + 2 * own + 1)
  static constexpr void after(Record& r, L&&... lane) {
    Lane all[]{lane...};
    run(all, [&](auto&... given) { P::after(r, given...); });
    give_back(all, lane...);
  }

 private:
  // Within (0, 1), if it lies there, and on its side of 0, so that nothing is asked of what lies behind them.
  constexpr double reach() const {
    const double at = this->*Member, size = at < 0 ? -at : at;
    const double room = 0 < at && at < 1 ? std::min(at, 1 - at) : size;
    return (room == 0 ? 1 : room) * 0x1p-7;
  }
  constexpr P shifted(std::size_t k) const {
    P other = *this;
    other.*Member += detail::Differences::places(reach())[k];
    return other;
  }

  // Of the kth of those whose bases stand one behind the other.
  static constexpr std::array<double, own> of(const P& policy, Step step, std::size_t k) {
    if (step.now) step.now += k * base_count<P>, step.before += k * base_count<P>;
    if constexpr (FactorPolicy<P>) return {policy.rate_at(step)};
    else return policy.at(step);
  }

  // f(slots..., scalars...) with what scalars carry put to them.
  template <std::size_t N, class F>
  static constexpr void run(Lane (&all)[N], F f) {
    [&]<std::size_t... S, std::size_t... C>(std::index_sequence<S...>, std::index_sequence<C...>) {
      constexpr std::size_t first = slot_count<P>;
      Lane scalar[]{(all[first + C] + all[first + own + C] * all[N - 1])...};
      f(all[S]..., scalar[C]...);
    }(std::make_index_sequence<slot_count<P>>{}, std::make_index_sequence<own>{});
  }
  template <std::size_t N, class... L>
  static constexpr void give_back(const Lane (&all)[N], L&... lane) {
    std::size_t i = 0;
    const auto store = [&]<class One>(One& one) {
      if constexpr (!std::is_const_v<One>)
        if (i < slot_count<P>) one = all[i];
      ++i;
    };
    (store(lane), ...);
  }
};

template <auto Member, FollowingPolicy P>
struct Differentiated<Member, P> : P {
  using policy = Differentiated<Member, policy_of<P>>;

  constexpr policy in_step(std::int64_t step) const { return {{P::in_step(step)}}; }
};

/// A policy by whose hyper-parameter a run of dual numbers is differentiated: the derivative of every parameter by it
/// comes out behind any number of steps, along with whatever else the numbers carry.
///
///     gradus::Optimizer optimizer{gradus::Momentum{0.9},
///                                 gradus::differentiated<&gradus::LearningRate::rate>(gradus::LearningRate{0.1})};
///     std::vector<Dual> theta(3);      // of a type that number_traits knows, with a `unit`
///     auto state = optimizer.init(theta);
///     for (...) optimizer.descend(theta, gradient(theta), state);
///     theta[0].derivative              // of theta[0] by the rate
///
/// What follows from slots and gradients is exact, as the numbers calculate it. A policy's scalars are differentiated
/// by differences of its own `at`, to 9 to 14 digits. Numbers that carry no derivative are stepped as without it.
/// Order   the policy's; a `Nesterov` cannot borrow from it, and the rate in force does not count a factor.
/// Cost    seven times the policy's scalars, once per step and leaf; a product and a sum for each that its text uses.
/// Errors  the policy's. One that has no scalars, measures, borrows, gathers, draws or keeps numbers does not compile.
template <auto Member, class P = decltype(detail::class_of(Member))>
constexpr Differentiated<Member, P> differentiated(P policy = {}) {
  return {{std::move(policy)}};
}

}  // namespace gradus
