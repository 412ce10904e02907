// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>
#include <gradus/parameters/plain_struct.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/at.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace gradus::detail {

/// A struct whose members `BOOST_HANA_DEFINE_STRUCT` or `BOOST_HANA_ADAPT_STRUCT` names.
template <class S>
concept NamedStruct = boost::hana::Struct<std::remove_cvref_t<S>>::value;

/// A map from unique names to tensors or sets.
template <class S>
concept NamedMap = !Tensor<S> && requires(std::remove_cvref_t<S>& s) {
  typename std::remove_cvref_t<S>::mapped_type;
  { s.begin()->first } -> std::convertible_to<std::string_view>;
  s.at(s.begin()->first);
};

/// `std::vector`, `std::array`, `std::deque`, ... of tensors or sets.
template <class S>
concept Sequence = !Tensor<S> && !NamedMap<S> && requires(std::remove_reference_t<S>& s) {
  { std::begin(s) } -> std::random_access_iterator;
  std::size(s);
  requires !std::is_arithmetic_v<std::iter_value_t<decltype(std::begin(s))>>;
  requires !ComplexNumber<std::iter_value_t<decltype(std::begin(s))>>;
};

/// `std::tuple`, `std::pair`.
template <class S>
concept TupleLike =
    !Tensor<S> && !Sequence<S> && !NamedMap<S> && requires { std::tuple_size<std::remove_cvref_t<S>>::value; };

/// A plain struct whose members no Boost.Hana macro names.
template <class S>
concept UnnamedStruct = !Tensor<S> && !NamedStruct<S> && !NamedMap<S> && !Sequence<S> && !TupleLike<S> &&
                        PlainStruct<std::remove_cvref_t<S>>;

template <class S>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class S>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;

/// A `std::variant` of tensors or sets: which one it holds is known only at run time.
template <class S>
concept Choice = is_variant<std::remove_cvref_t<S>>;

/// A `std::optional` tensor or set: without a value it has no leaves.
template <class S>
concept MaybePart = is_optional<std::remove_cvref_t<S>>;

/// A gradient that may be missing in a step.
template <class G>
concept MaybeGradient = is_optional<std::remove_cvref_t<G>> || std::same_as<std::remove_cvref_t<G>, std::nullopt_t>;

/// A set whose parts are known to the compiler.
template <class S>
concept StaticSet = NamedStruct<S> || TupleLike<S> || UnnamedStruct<S> || Choice<S>;

/// A view of some leaves of a set, or of a tensor; `subset` makes one.
template <class Theta>
class Subset {
 public:
  using Leaves = std::shared_ptr<const std::vector<bool>>;  // a copy does not allocate

  Subset(Theta& all, Leaves in) : all_(&all), in_(std::move(in)) {}
  Subset(const Subset&) = default;  // no move: it would leave one without leaves
  Subset& operator=(const Subset&) = default;

  Theta& all() const { return *all_; }
  /// How many leaves the set had when this was made.
  std::size_t leaves() const { return in_->size(); }
  /// Whether leaf number `leaf` belongs to it.
  bool has(std::size_t leaf) const { return leaf < in_->size() && (*in_)[leaf]; }

 private:
  Theta* all_;
  Leaves in_;
};

template <class S>
inline constexpr bool is_subset = false;
template <class Theta>
inline constexpr bool is_subset<Subset<Theta>> = true;
template <class S>
concept SomeLeaves = is_subset<std::remove_cvref_t<S>>;

template <class S>
concept Set = StaticSet<S> || NamedMap<S> || Sequence<S> || SomeLeaves<S> || MaybePart<S>;

/// Number of parts known at compile time: those of a map or a sequence share a type and count as one; a subset's only
/// part is the whole set.
template <Set S>
inline constexpr std::size_t part_count = 1;
template <TupleLike S>
inline constexpr std::size_t part_count<S> = std::tuple_size_v<std::remove_cvref_t<S>>;
template <NamedStruct S>
inline constexpr std::size_t part_count<S> =
    decltype(boost::hana::length(boost::hana::accessors<std::remove_cvref_t<S>>()))::value;
template <UnnamedStruct S>
inline constexpr std::size_t part_count<S> = count_members<std::remove_cvref_t<S>>();
template <Choice S>
inline constexpr std::size_t part_count<S> = std::variant_size_v<std::remove_cvref_t<S>>;

/// Part I of a static set; of a variant, alternative I, which it must hold.
template <std::size_t I, StaticSet S>
constexpr auto& part_of(S& set) {
  if constexpr (NamedStruct<S>)
    return boost::hana::second(boost::hana::at_c<I>(boost::hana::accessors<std::remove_const_t<S>>()))(set);
  else if constexpr (UnnamedStruct<S>) return std::get<I>(members<part_count<S>>(set));
  else return std::get<I>(set);
}

/// The name of part I; a tuple's parts have none.
template <StaticSet S, std::size_t I>
constexpr std::string_view part_name() {
  if constexpr (NamedStruct<S>)
    return boost::hana::to<const char*>(
        boost::hana::first(boost::hana::at_c<I>(boost::hana::accessors<std::remove_cvref_t<S>>())));
  else if constexpr (UnnamedStruct<S>) return member_name<std::remove_cvref_t<S>, I>();
  else return {};
}

template <std::size_t I, class S>
constexpr auto& some_part(S& set) {
  if constexpr (StaticSet<S>) return part_of<I>(set);
  else if constexpr (SomeLeaves<S>) return set.all();
  else if constexpr (MaybePart<S>) return *set;
  else if constexpr (NamedMap<S>) return set.begin()->second;
  else return *set.begin();
}

/// The type of a part of any set; in a map or a sequence, all parts share it.
template <class S, std::size_t I = 0>
using part_t = std::remove_reference_t<decltype(some_part<I>(std::declval<S&>()))>;

/// Whether `is(std::type_identity<X>)` holds for some type X in a set: a tensor, a part or the whole.
template <class Theta, class Is>
constexpr bool any_in(Is is) {
  using Whole = std::remove_cvref_t<Theta>;
  if constexpr (Tensor<Whole> || !Set<Whole>) {
    return is(std::type_identity<Whole>{});
  } else {
    return is(std::type_identity<Whole>{}) || [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (any_in<part_t<Whole, I>>(is) || ...);
    }(std::make_index_sequence<part_count<Whole>>{});
  }
}

}  // namespace gradus::detail
