// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace gradus::detail {

template <class T>
constexpr std::string_view signature() {
  return __PRETTY_FUNCTION__;
}

// How much of a signature stands before and behind the type: measured on a type whose name is known.
inline constexpr auto before_type = signature<double>().find("double");
inline constexpr auto around_type = signature<double>().size() - std::string_view("double").size();

/// The full name of a type, as the compiler writes it.
template <class T>
constexpr std::string_view full_type_name() {
  const auto all = signature<T>(), name = all.substr(before_type, all.size() - around_type);
  return name.substr(0, name.find(';'));  // g++ lists the aliases it used behind a semicolon
}

template <std::size_t Size>
struct Spelled {
  char text[Size + 1]{};
  std::size_t size = 0;
  constexpr operator std::string_view() const { return {text, size}; }
};

// Without the namespace `gradus`, also in template arguments.
template <class T>
inline constexpr auto bare_name = [] {
  constexpr std::string_view full = full_type_name<T>(), own = "gradus::", inside = " <(,&*";
  Spelled<full.size()> bare;
  for (std::size_t i = 0; i < full.size(); ++i) {
    const bool begins = i == 0 || inside.find(full[i - 1]) != inside.npos;
    if (begins && full.substr(i).starts_with(own)) i += own.size();
    bare.text[bare.size++] = full[i];
  }
  return bare;
}();

/// The name of a type for a reader: without the namespace `gradus`.
template <class T>
constexpr std::string_view type_name() {
  constexpr std::string_view full = full_type_name<T>(), own = "gradus::";
  constexpr std::string_view name = full.substr(full.starts_with(own) ? own.size() : 0);
  if constexpr (name.find(own) == name.npos) return name;
  else return bare_name<T>;
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

}  // namespace gradus::detail
