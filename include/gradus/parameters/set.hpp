// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/unpack.hpp>

#include <concepts>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus {

/// A struct whose members `BOOST_HANA_DEFINE_STRUCT` or `BOOST_HANA_ADAPT_STRUCT` names.
template <class S>
concept NamedStruct = boost::hana::Struct<std::remove_cvref_t<S>>::value;

/// A map from names to tensors or sets.
template <class S>
concept NamedMap = !Tensor<S> && requires(std::remove_cvref_t<S>& s) {
  typename std::remove_cvref_t<S>::mapped_type;
  { s.begin()->first } -> std::convertible_to<std::string_view>;
};

/// `std::vector`, `std::array`, `std::deque`, ... of tensors or sets.
template <class S>
concept Sequence = !Tensor<S> && !NamedMap<S> && std::ranges::random_access_range<S> &&
                   std::ranges::sized_range<S> && !std::is_arithmetic_v<std::ranges::range_value_t<S>>;

/// `std::tuple`, `std::pair`.
template <class S>
concept TupleLike = !Tensor<S> && !Sequence<S> && !NamedMap<S> &&
                    requires { std::tuple_size<std::remove_cvref_t<S>>::value; };

/// A set of tensors or of sets.
template <class S>
concept TensorSet = NamedStruct<S> || NamedMap<S> || Sequence<S> || TupleLike<S>;

template <class S>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// A gradient that may be missing in a step.
template <class G>
concept MaybeGradient = is_optional<std::remove_cvref_t<G>> || std::same_as<std::remove_cvref_t<G>, std::nullopt_t>;

/// Calls `visit(name, member)` for every member of a named struct; `member(s)` is that member of s.
template <NamedStruct S, class Visit>
void for_each_member(Visit&& visit) {
  boost::hana::unpack(boost::hana::accessors<std::remove_const_t<S>>(), [&](auto... accessor) {
    (visit(std::string_view(boost::hana::to<const char*>(boost::hana::first(accessor))),
           boost::hana::second(accessor)),
     ...);
  });
}

}  // namespace gradus
