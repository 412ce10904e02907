// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/plan/pairs.hpp>
#include <gradus/plan/plan.hpp>

#include <concepts>
#include <type_traits>

namespace gradus::detail {

// The first nonsense in the chains of a composition.
template <class... P>
constexpr Nonsense nonsense_of(std::type_identity<Pack<P...>>) {
  using Plan = detail::Plan<P...>;
  using In = InPairs<Plan>;
  Nonsense found = In::template nonsense<typename Plan::Update>;
  if (found == Nonsense::none) found = In::template nonsense<typename Plan::Gather>;
  Plan::for_each_own_pass([&]<class Chain>() {
    if (found == Nonsense::none) found = In::template nonsense<Chain>;
  });
  return found;
}

template <class Policies>
inline constexpr bool measures = false;
template <class... P>
inline constexpr bool measures<Pack<P...>> = Layout<P...>::norms + Layout<P...>::sums + Layout<P...>::emits != 0;

// Whether a storage keeps less of an E than it carries.
template <class Stored, class E>
inline constexpr bool narrows = false;
template <class Stored, CarryingNumber E>
inline constexpr bool narrows<Stored, E> =
    !std::same_as<typename Stored::template slot<E>, E> ||
    !(std::is_void_v<typename Stored::gradients> || std::same_as<typename Stored::gradients, E>);

template <class From, class To>
concept Casts = requires(const From& from) { static_cast<To>(from); };

// Whether numbers of an element go into a storage's slots and come back, and come out of its gradients.
template <class Stored, class E, class Slot = typename Stored::template slot<E>, class G = typename Stored::gradients>
inline constexpr bool converts = Casts<arithmetic_t<E>, Slot> && Casts<Slot, arithmetic_t<E>> &&
                                 (std::is_void_v<G> || Casts<typename real_part<G>::type, arithmetic_t<E>>);

/// Whether policies and a storage make sense for elements of these types; does not compile, with the reason in one
/// sentence, if they make none for complex numbers, or would lose what custom numbers carry.
template <class Policies, class Stored, class... E>
constexpr bool make_sense_of(Elements<E...>) {
  constexpr bool lost = (CarryingNumber<E> || ...) && measures<Policies>;
  static_assert(!lost,
                "gradus: a policy of this composition takes a norm or a sum, in double, which would lose what these "
                "numbers carry besides their value; leave it out, or say in their number_traits that they are real");
  constexpr bool narrowed = (narrows<Stored, E> || ...);
  static_assert(
      !narrowed,
      "gradus: slots or gradients that are stored in another type would lose what these numbers carry besides "
      "their value; store them as they are");
  constexpr bool stored = (converts<Stored, E> && ...);
  static_assert(
      stored,
      "gradus: a type of the Storage does not hold numbers: give it a constructor from the parameters' type of "
      "element, and a conversion to it; both may be explicit");
  if constexpr (!stored) {
    return false;
  } else if constexpr ((ComplexNumber<E> || ...)) {
    constexpr Nonsense nonsense = nonsense_of(std::type_identity<Policies>{});
    constexpr bool compares = nonsense == Nonsense::compares, divides = nonsense == Nonsense::divides,
                   mixes = nonsense == Nonsense::mixes, sums = nonsense == Nonsense::sums;
    static_assert(!compares,
                  "gradus: a policy of this composition compares elements (a sign, a clamp, a minimum), and complex "
                  "numbers have no order; clip by a norm, or step their parts as reals: "
                  "std::span(reinterpret_cast<double*>(x.data()), 2 * x.size())");
    static_assert(!divides,
                  "gradus: a policy of this composition divides by elements or takes their root, exponential or "
                  "logarithm, as is done with reals; step the parts of complex numbers: "
                  "std::span(reinterpret_cast<double*>(x.data()), 2 * x.size())");
    static_assert(!mixes,
                  "gradus: a policy of this composition adds a real number to elements, as is done with reals; step "
                  "the parts of complex numbers: std::span(reinterpret_cast<double*>(x.data()), 2 * x.size())");
    static_assert(!sums,
                  "gradus: a policy of this composition sums something of elements that is no product of two, and "
                  "would count it for both parts of a complex number; step these as reals: "
                  "std::span(reinterpret_cast<double*>(x.data()), 2 * x.size())");
    return !lost && !narrowed && nonsense == Nonsense::none;
  } else {
    return !lost && !narrowed;
  }
}

}  // namespace gradus::detail
