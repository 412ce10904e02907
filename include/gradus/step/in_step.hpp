// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/core/stand_in.hpp>
#include <gradus/core/step.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/plan/clock.hpp>
#include <gradus/step/values.hpp>

#include <concepts>
#include <cstdint>
#include <string>

namespace gradus::detail {

template <class All>
struct InStep;
template <class... P>
struct InStep<Pack<P...>> {
  using type = Pack<policy_of<P>...>;
};

// Multiplies the hyper-parameters that follow a factor by its value in the step.
template <class... Given, class... P>
void scale_by_watched(const Pack<Given...>&, Pack<P...>& now, const Instant& at) {
  repeat<sizeof...(P)>([&](auto i) {
    using One = type_at<i, Pack<Given...>>;
    if constexpr (watched_of<One> != 0)
      One::scale(now.template get<i>(), [&](auto back) {
        return StepScalars<P...>{now, at.value, at.down}.template watched<i - back>(at.run);
      });
  });
}

// Refuses hyper-parameters that what they follow put out of their range.
template <class T, class... P>
void check_values_in_step(const Pack<P...>& now, std::int64_t step) {
  if (!within_values<T>(now)) [[unlikely]]
    refuse_values(now, precision_of<T>, "in step " + std::to_string(step) + ", ");
}

/// A pack of policies as they are in a step.
template <class All>
using policies_in_step = typename InStep<All>::type;

/// The policies of an optimizer as they are in a step of its run: the given ones, if none follows anything. Refuses
/// hyper-parameters that leave their range, as these types see them.
template <class... Given, class... T>
decltype(auto) policies_at(const Pack<Given...>& policies, const Instant& at, Elements<T...>) {
  using Now = policies_in_step<Pack<Given...>>;
  if constexpr (std::same_as<Now, Pack<Given...>>) {
    return (policies);
  } else {
    Now now = policies.apply([&](const Given&... policy) { return Now(gradus::in_step(policy, at.step)...); });
    if constexpr (((watched_of<Given> != 0) || ...))
      if (at.run) scale_by_watched(policies, now, at);
    (check_values_in_step<number_value_t<arithmetic_t<T>>>(now, at.step), ...);
    return now;
  }
}

}  // namespace gradus::detail
