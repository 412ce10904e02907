// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus {

namespace detail {

template <class T>
constexpr std::string_view signature() {
  return __PRETTY_FUNCTION__;
}

// How much of a signature stands before and behind the type: measured on a type whose name is known.
inline constexpr std::string_view known = signature<double>();
inline constexpr auto head = known.find("double");
inline constexpr auto tail = known.size() - head - std::string_view("double").size();

}  // namespace detail

/// The full name of a type, as the compiler writes it.
template <class T>
constexpr std::string_view full_type_name() {
  auto name = detail::signature<T>();
  name.remove_prefix(detail::head);
  name.remove_suffix(detail::tail);
  // g++ lists the aliases it used behind a semicolon.
  return name.substr(0, name.find(';'));
}

/// The name of a type for a reader: without the namespace `gradus`.
template <class T>
constexpr std::string_view type_name() {
  auto name = full_type_name<T>();
  constexpr std::string_view own = "gradus::";
  if (name.starts_with(own)) name.remove_prefix(own.size());
  return name;
}

/// The same without template arguments: the name by which a text asks for a policy.
template <class T>
constexpr std::string_view short_type_name() {
  constexpr auto name = type_name<T>();
  return name.substr(0, name.find('<'));
}

/// The name of a policy, or of the one that it stands for.
template <class P>
constexpr std::string_view policy_name() {
  if constexpr (requires { typename P::stands_for; }) return type_name<typename P::stands_for>();
  else return type_name<P>();
}

}  // namespace gradus
