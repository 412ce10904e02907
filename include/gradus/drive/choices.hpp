// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/type_name.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Policies that a choice may leave out, all together, with any `Maybe` among them.
template <class... P>
struct Maybe {};

/// The compositions that a program may be asked for: these policies in this order, each `Maybe` in or out.
///
///     Choices<Maybe<Clip>, Maybe<Momentum, Maybe<Nesterov>>, LearningRate>   // six
///
/// Cost    each is compiled, for half a second and more: a `Maybe` doubles them.
template <class... P>
struct Choices {
  /// Calls f(Choices<Policies...>{}) for the composition with these names; false if there is none.
  template <class F>
  static bool find(std::span<const std::string_view> names, F f) {
    return find_behind(Choices<>{}, Choices{}, names, f);
  }

  /// The names of all policies, in order.
  static std::vector<std::string_view> names() {
    std::vector<std::string_view> all;
    (add_names(all, static_cast<P*>(nullptr)), ...);
    return all;
  }

  /// `[Clip] [Momentum [Nesterov]] LearningRate`.
  static std::string text() {
    std::string all;
    ((all += (all.empty() ? "" : " ") + text_of(static_cast<P*>(nullptr))), ...);
    return all;
  }

 private:
  template <class... Done, class F>
  static bool find_behind(Choices<Done...> done, Choices<>, std::span<const std::string_view> names, F f) {
    if (names.size() != sizeof...(Done)) return false;
    f(done);
    return true;
  }
  template <class... Done, class Next, class... Rest, class F>
  static bool find_behind(Choices<Done...>, Choices<Next, Rest...>, std::span<const std::string_view> names, F f) {
    constexpr std::size_t i = sizeof...(Done);
    return i < names.size() && names[i] == detail::short_type_name<Next>() &&
           find_behind(Choices<Done..., Next>{}, Choices<Rest...>{}, names, f);
  }
  template <class... Done, class... Q, class... Rest, class F>
  static bool find_behind(Choices<Done...> done, Choices<Maybe<Q...>, Rest...>, std::span<const std::string_view> names,
                          F f) {
    return find_behind(done, Choices<Q..., Rest...>{}, names, f) || find_behind(done, Choices<Rest...>{}, names, f);
  }

  template <class Q>
  static void add_names(std::vector<std::string_view>& all, Q*) {
    all.push_back(detail::short_type_name<Q>());
  }
  template <class... Q>
  static void add_names(std::vector<std::string_view>& all, Maybe<Q...>*) {
    for (const std::string_view name : Choices<Q...>::names()) all.push_back(name);
  }

  template <class Q>
  static std::string text_of(Q*) {
    return std::string(detail::short_type_name<Q>());
  }
  template <class... Q>
  static std::string text_of(Maybe<Q...>*) {
    return "[" + Choices<Q...>::text() + "]";
  }
};

}  // namespace gradus
