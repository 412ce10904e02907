// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/simd.hpp>
#include <gradus/compose/in_step.hpp>
#include <gradus/compose/run.hpp>
#include <gradus/compose/slot_names.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/report.hpp>
#include <gradus/core/space.hpp>
#include <gradus/core/value.hpp>
#include <gradus/parameters/place.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
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
  else if constexpr (is_composed<Part>) return part;
  else return Pack<Part>(std::move(part));
}

template <class Otherwise, class... Part>
struct first_backend {
  using type = Otherwise;
};
template <class Otherwise, class Part, class... Rest>
struct first_backend<Otherwise, Part, Rest...> : first_backend<Otherwise, Rest...> {};
template <class Otherwise, Backend Part, class... Rest>
struct first_backend<Otherwise, Part, Rest...> {
  using type = Part;
};
template <class Otherwise, class... Parts, class... Rest>
struct first_backend<Otherwise, Optimizer<Parts...>, Rest...>
    : first_backend<typename first_backend<Otherwise, Rest...>::type, Parts...> {};

}  // namespace detail

/// The backend among some arguments, or `Otherwise`.
template <class Otherwise, class... Part>
using pick_backend = typename detail::first_backend<Otherwise, Part...>::type;

/// A backend that steps what lies on a device.
template <class B>
concept DeviceBackend = Backend<B> && requires { requires B::on_device; };

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

/// A pack among the parts asks for the objective's value if one of its policies does.
template <class... P>
inline constexpr bool asks_value_of<Pack<P...>> = (asks_value_of<P> || ...);

/// The parts of an optimizer's type: its policies in order, and its backend.
template <class... Part>
struct Split {
  static constexpr auto pick(Part... part) {
    if constexpr (((Backend<Part> || detail::is_composed<Part>) || ...))
      return concat(detail::policy_part<Part>(std::move(part))...);
    else return Pack<Part...>(std::move(part)...);  // the common case, which compiles faster this way
  }
  using policies = decltype(pick(std::declval<Part>()...));
  using in_step = policies_in_step<policies>;  ///< the policies of a step: those that follow, as they are then
  using backend = pick_backend<backend::Simd, Part...>;
};

/// What follows from a pack of policies.
template <class All>
struct Composition;

template <class... P>
struct Composition<Pack<P...>> {
  using plan = Plan<P...>;
  using layout = Layout<P...>;
  using scalars = StepScalars<P...>;
  template <class B, class Storage>
  using run = Run<B, Storage, P...>;

  /// A read-only pass needs the gradient too.
  static constexpr bool looks_first = plan::read_passes != 0;

  /// The policies as the type spells them.
  static constexpr std::string_view name = [] {
    auto list = full_type_name<Policies<P...>>();
    list.remove_prefix(list.find('<') + 1);
    list.remove_suffix(list.ends_with(" >") ? 2 : 1);
    return list;
  }();

  /// The slots of all policies, in order, as they name them.
  static constexpr auto own_slots = [] {
    std::array<Slot, layout::slots + 1> all{};
    std::size_t at = 0;
    [[maybe_unused]] const auto put = [&]<class Q>(std::type_identity<Q>) {
      if constexpr (HasSlots<Q>)
        for (const Slot& slot : Q::slots) all[at++] = slot;
    };
    (put(std::type_identity<P>{}), ...);
    return all;
  }();

  /// The same, each with a unique name.
  static constexpr SlotNames slot_names{own_slots};
  static constexpr auto slots = [] {
    auto all = own_slots;
    for (std::size_t s = 0; s != layout::slots; ++s) all[s].name = slot_names[s];
    return all;
  }();

  /// The slots' first values.
  static constexpr auto first(const Pack<P...>& policies) {
    std::array<double, layout::slots + 1> all{};
    for (std::size_t s = 0; s != layout::slots; ++s) all[s] = slots[s].first;
    scalars{policies}.template for_each<layout::slotted>([&]<class Q>(const Q& policy, auto i) {
      if constexpr (requires { policy.first(); }) {
        const auto mine = policy.first();
        for (std::size_t s = 0; s < mine.size(); ++s) all[layout::slot[i] + s] = mine[s];
      }
    });
    return all;
  }

  /// The index of the (which + 1)th policy Q; the number of policies if there is none.
  template <class Q>
  static constexpr std::size_t index(std::size_t which) {
    const bool same[]{(std::same_as<P, Q> || std::same_as<grouped_of<P>, Q>)..., false};
    for (std::size_t i = 0; i < sizeof...(P); ++i)
      if (same[i] && which-- == 0) return i;
    return sizeof...(P);
  }
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

/// The observer among some arguments, made into one with `wants` and `report`.
inline NoObserver pick_observer() { return {}; }
template <class First, class... Rest>
auto pick_observer(const First& first, const Rest&... rest) {
  if constexpr (Backend<First> || std::same_as<First, Value>) return pick_observer(rest...);
  else if constexpr (ObservingPolicy<First>) return first;
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
  double value = 0;
  [[maybe_unused]] const auto take = [&]<class One>(const One& one) {
    if constexpr (std::same_as<One, Value>) value = one.value;
  };
  (take(extra), ...);
  return value;
}

}  // namespace gradus
