// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cstdint>
#include <tuple>
#include <utility>

namespace gradus {

/// One schedule for some steps, then another, which counts from 1 again. Nest it for more.
///
///     gradus::Joined warm{gradus::Linear{0, 0.1, 100}, 100, gradus::Cosine{0.1, 0, 900}};
///
/// Errors  `Refused`, in the step that asks, unless steps is at least 0.
/// Source  `optax.join_schedules`, `torch.optim.lr_scheduler.SequentialLR`.
template <class First, class Second>
struct Joined {
  First first;
  std::int64_t steps;  ///< of the first
  Second second;

  static constexpr auto limits = Limits{Limit{"steps", &Joined::steps, Range::not_negative}};

  constexpr double operator()(std::int64_t step) const {
    check_schedule(*this);
    return step <= steps ? first(step) : second(step - steps);
  }
};

template <class First, class Second>
Joined(First, std::int64_t, Second) -> Joined<First, Second>;

/// The first `steps` steps of a schedule, again and again.
/// Errors  `Refused`, in the step that asks, unless steps is at least 1.
template <class S>
struct Repeated {
  S schedule;
  std::int64_t steps;  ///< of a round, at least 1

  static constexpr auto limits = Limits{Limit{"steps", &Repeated::steps, Range::from_one}};

  constexpr double operator()(std::int64_t step) const {
    check_schedule(*this);
    return schedule((step - 1) % steps + 1);
  }
};

template <class S>
Repeated(S, std::int64_t) -> Repeated<S>;

/// The product of schedules.
///
/// Source  `torch.optim.lr_scheduler.ChainedScheduler`, whose members are factors.
template <class... S>
struct Product {
  std::tuple<S...> schedules;

  constexpr explicit Product(S... some) : schedules(std::move(some)...) {}

  constexpr double operator()(std::int64_t step) const {
    return std::apply([&](const auto&... schedule) { return (1.0 * ... * schedule(step)); }, schedules);
  }
};

}  // namespace gradus
