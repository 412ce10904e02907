// SPDX-License-Identifier: MIT
#pragma once

namespace gradus {

// What a policy says of itself with a `static constexpr bool`; policy.hpp tells what each means.

template <class P>
inline constexpr bool once_of = requires { requires P::once; };
template <class P>
inline constexpr bool asks_value_of = requires { requires P::asks_value; };
template <class P>
inline constexpr bool momentum_of = requires { requires P::momentum; };
template <class P>
inline constexpr bool cancels_scale_of = requires { requires P::cancels_scale; };
template <class P>
inline constexpr bool every_leaf_of = requires { requires P::every_leaf; };
template <class P>
inline constexpr bool closes_of = requires { requires P::closes; };
template <class P>
inline constexpr bool ends_of = closes_of<P> || requires { requires P::ends; };
template <class P>
inline constexpr bool exact_of = requires { requires P::exact; };
template <class P>
inline constexpr bool estimates_of = requires { requires P::estimates; };
template <class P>
inline constexpr bool refines_of = requires { requires P::refines; };
template <class P>
inline constexpr bool divides_of = requires { requires P::divides; };
template <class P>
inline constexpr bool rests_of = requires { requires P::rests; };  // in some steps or elements; see rest.hpp
template <class P>
inline constexpr bool timeless_of = requires { requires P::timeless; };
template <class P>
inline constexpr bool grows_of = requires { requires P::grows; };

}  // namespace gradus
