// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/simd.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/report.hpp>
#include <gradus/core/space.hpp>
#include <gradus/core/value.hpp>
#include <gradus/parameters/place.hpp>
#include <gradus/step/in_step.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

/// How a pass walks memory.
template <class B>
concept Backend = requires {
  { B::name } -> std::convertible_to<const char*>;
  { B::walks } -> std::convertible_to<bool>;
};

/// A backend that steps what lies on a device.
template <class B>
concept DeviceBackend = Backend<B> && requires { requires B::on_device; };

template <class... Parts>
class Optimizer;

namespace detail {

/// An optimizer among the parts of another stands for its own parts, and a pack for its policies.
template <class Part>
inline constexpr bool is_composed = false;
template <class... Parts>
inline constexpr bool is_composed<Optimizer<Parts...>> = true;
template <class... P>
inline constexpr bool is_composed<Pack<P...>> = true;

template <class Part>
constexpr auto policy_part(Part part) {
  if constexpr (Backend<Part>) return Pack<>{};
  else if constexpr (requires { part.policies(); }) return part.policies();
  else return as_pack(std::move(part));
}

template <class Otherwise, class... Part>
struct FirstBackend {
  using type = Otherwise;
};
template <class Otherwise, class Part, class... Rest>
struct FirstBackend<Otherwise, Part, Rest...> : FirstBackend<Otherwise, Rest...> {};
template <class Otherwise, Backend Part, class... Rest>
struct FirstBackend<Otherwise, Part, Rest...> {
  using type = Part;
};
template <class Otherwise, class... Parts, class... Rest>
struct FirstBackend<Otherwise, Optimizer<Parts...>, Rest...>
    : FirstBackend<typename FirstBackend<Otherwise, Rest...>::type, Parts...> {};

/// The backend among some arguments, or `Otherwise`.
template <class Otherwise, class... Part>
using pick_backend = typename FirstBackend<Otherwise, Part...>::type;

/// The backend of a step of Theta: the one among some arguments, or `Otherwise`, or that of the device where Theta
/// lies. Does not compile if it does not fit Theta.
template <class Theta, class Otherwise, class... Part>
constexpr auto step_backend() {
  using Asked = pick_backend<Otherwise, Part...>;
  if constexpr (!on_device<Theta>()) {
    static_assert(!DeviceBackend<Asked>,
                  "gradus: this backend steps what lies on a device, and the parameters lie on the host; leave it out, "
                  "or copy them there");
    return std::type_identity<Asked>{};
  } else if constexpr (DeviceBackend<Asked>) {
    return std::type_identity<Asked>{};
  } else {
    constexpr bool named = (Backend<Part> || ...),
                   known = requires { typename backend_of_device<on_device<Theta>()>::type; };
    static_assert(!named,
                  "gradus: this backend steps what lies on the host, and the parameters lie on a device; leave it out");
    static_assert(known, "gradus: the parameters lie on a device; add #include <gradus/backend/thrust.hpp>");
    if constexpr (known) return std::type_identity<typename backend_of_device<on_device<Theta>()>::type>{};
    else return std::type_identity<Asked>{};
  }
}

/// The backend among some arguments, or a default-constructed one.
template <class B>
B pick_backend_value() {
  return {};
}
template <class B, class First, class... Rest>
B pick_backend_value(const First& first, const Rest&... rest) {
  if constexpr (std::same_as<B, First>) return first;
  else return pick_backend_value<B>(rest...);
}

/// The parts of an optimizer's type: its policies in order, and its backend.
template <class... Part>
struct Split {
  static constexpr auto pick(Part... part) {
    if constexpr (((Backend<Part> || is_composed<Part>) || ...))
      return detail::concat(policy_part<Part>(std::move(part))...);
    else return Pack<Part...>(std::move(part)...);  // the common case, which compiles faster this way
  }
  using policies = decltype(pick(std::declval<Part>()...));
  using in_step = policies_in_step<policies>;  ///< the policies of a step: those that follow, as they are then
  using backend = pick_backend<backend::Simd, Part...>;
};

/// Whether steps have to check the hyper-parameters: they may have changed since the optimizer was made, because a
/// reference was handed out or it was assigned to; or some are out of range as floats, which not all steps use.
struct Changeable {
  bool yes = false;
  constexpr Changeable() = default;
  constexpr Changeable(const Changeable&) = default;
  constexpr Changeable& operator=(const Changeable&) {
    yes = true;
    return *this;
  }
};

/// An observer that sees every step.
template <class F>
struct EveryStep {
  const F& see;
  bool wants(std::int64_t) const { return true; }
  void report(const Report& report) const { see(report); }
};

/// The observer among some arguments, itself or made into one with `wants` and `report`.
inline NoObserver pick_observer() { return {}; }
template <class First, class... Rest>
decltype(auto) pick_observer(const First& first, const Rest&... rest) {
  if constexpr (Backend<First> || std::same_as<First, Value>) return pick_observer(rest...);
  else if constexpr (ObservingPolicy<First>) return (first);
  else if constexpr (std::invocable<const First&, const Report&>) return EveryStep<First>{first};
  else {
    static_assert(
        Backend<First>,
        "gradus: behind the state come a backend, an observer, which takes a Report, and the objective's value, as "
        "gradus::Value{f}");
    return NoObserver{};
  }
}

/// The objective's value among some arguments, where it is asked for.
template <bool Asked, class... Extra>
double pick_value(const Extra&... extra) {
  constexpr bool given = !Asked || (std::same_as<Extra, Value> || ...);
  static_assert(given,
                "gradus: a policy of this composition asks for the objective's value; give the step Value{f} behind "
                "the state, or let maximize or minimize drive it");
  double value = std::numeric_limits<double>::quiet_NaN();  // a policy that reads it without asking shows
  [[maybe_unused]] const auto take = [&]<class One>(const One& one) {
    if constexpr (std::same_as<One, Value>) value = one.value;
  };
  (take(extra), ...);
  return value;
}

}  // namespace detail

/// A pack among the parts asks for the objective's value if one of its policies does.
template <class... P>
inline constexpr bool asks_value_of<detail::Pack<P...>> = (asks_value_of<P> || ...);

}  // namespace gradus
