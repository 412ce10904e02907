// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// The most members that a plain struct may have.
inline constexpr std::size_t most_members = 16;

// Converts to members of any type, but only unevaluated. Yet clang wants a definition where a member without linkage
// has a constexpr constructor, as a std::optional has.
struct Anything {
  template <class T>
  operator T() const {
    __builtin_unreachable();
  }
};
// Converts to any base of S.
template <class S>
struct AnyBase {
  template <class T>
    requires(std::is_base_of_v<T, S> && !std::is_same_v<T, S>)
  operator T() const;
};

template <std::size_t>
using Any = Anything;

template <class S, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
  return requires { S{Any<I>{}...}; };
}

// From the maximum down, because the last members may have no default.
template <class S, std::size_t Count = most_members + 1>
constexpr std::size_t count_members() {
  if constexpr (Count == 0 || takes<S>(std::make_index_sequence<Count>{})) return Count;
  else return count_members<S, Count - 1>();
}

// Whether S takes `Before` initializers, then one in braces, then `Behind` more.
template <class S, std::size_t... Before, std::size_t... Behind>
constexpr bool takes_braces(std::index_sequence<Before...>, std::index_sequence<Behind...>) {
  return requires { S{Any<Before>{}..., {Anything{}}, Any<Behind>{}...}; };
}

// Whether the member behind `Before` others is an array, whose elements were counted as members: one braced initializer
// serves all of them, so fewer can follow than were counted.
template <class S, class Before, std::size_t... Behind>
constexpr bool is_array(Before before, std::index_sequence<Behind...> behind) {
  return (takes_braces<S>(before, std::make_index_sequence<Behind>{}) || ...) && !takes_braces<S>(before, behind);
}

template <class S, std::size_t... I>
constexpr bool has_array(std::index_sequence<I...>) {
  return (is_array<S>(std::make_index_sequence<I>{}, std::make_index_sequence<sizeof...(I) - 1 - I>{}) || ...);
}

// 0 unless structured bindings name all members: those of bases get none, and an array gets one for all its elements.
template <class S>
constexpr std::size_t plain_members() {
  if constexpr (!std::is_class_v<S> || !std::is_aggregate_v<S>) return 0;
  else if constexpr (requires { S{AnyBase<S>{}}; } || count_members<S>() > most_members) return 0;
  else if constexpr (has_array<S>(std::make_index_sequence<count_members<S>()>{})) return 0;
  else return count_members<S>();
}

// References to all members.
template <std::size_t Count, class S>
constexpr auto members(S& s) {
  // clang-format off
  if constexpr (Count == 1) { auto& [a] = s; return std::tie(a); }
  else if constexpr (Count == 2) { auto& [a, b] = s; return std::tie(a, b); }
  else if constexpr (Count == 3) { auto& [a, b, c] = s; return std::tie(a, b, c); }
  else if constexpr (Count == 4) { auto& [a, b, c, d] = s; return std::tie(a, b, c, d); }
  else if constexpr (Count == 5) { auto& [a, b, c, d, e] = s; return std::tie(a, b, c, d, e); }
  else if constexpr (Count == 6) { auto& [a, b, c, d, e, f] = s; return std::tie(a, b, c, d, e, f); }
  else if constexpr (Count == 7) { auto& [a, b, c, d, e, f, g] = s; return std::tie(a, b, c, d, e, f, g); }
  else if constexpr (Count == 8) { auto& [a, b, c, d, e, f, g, h] = s; return std::tie(a, b, c, d, e, f, g, h); }
  else if constexpr (Count == 9) {
    auto& [a, b, c, d, e, f, g, h, i] = s; return std::tie(a, b, c, d, e, f, g, h, i);
  } else if constexpr (Count == 10) {
    auto& [a, b, c, d, e, f, g, h, i, j] = s; return std::tie(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (Count == 11) {
    auto& [a, b, c, d, e, f, g, h, i, j, k] = s; return std::tie(a, b, c, d, e, f, g, h, i, j, k);
  } else if constexpr (Count == 12) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l] = s; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
  } else if constexpr (Count == 13) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = s; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m);
  } else if constexpr (Count == 14) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = s; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
  } else if constexpr (Count == 15) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = s;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
  } else {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = s;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  }
  // clang-format on
}

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

// An object that is never defined: only its members' addresses are needed.
template <class S>
struct Nowhere {
  S object;
};
template <class S>
extern const Nowhere<S> nowhere;

template <class T>
struct Address {
  const T* to;
};
template <class T>
Address(const T*) -> Address<T>;

// The compiler's text for an address ends with the member's name: `...object.Line::slope)}...`, `...object.slope}]`.
template <Address To>
consteval std::string_view last_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(0, text.rfind('}'));
  if (text.ends_with(')')) text.remove_suffix(1);
  return text.substr(text.find_last_of(".:") + 1);
}

template <class S, std::size_t I>
consteval std::string_view member_name() {
  return last_name<Address{std::addressof(std::get<I>(members<count_members<S>()>(nowhere<S>.object)))}>();
}

#ifdef __clang__
#pragma clang diagnostic pop
#endif

/// An aggregate without bases (so no constructors, and all members public) with at most 16 members, none a C array.
template <class S>
concept PlainStruct = plain_members<S>() != 0;

}  // namespace gradus::detail
