// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/inline.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus::detail {

template <std::size_t, class T>
struct Packed {
  [[no_unique_address]] T value;
};

template <std::size_t I, class T>
T packed_type(const Packed<I, T>*);

template <class Indices, class... T>
struct PackedAll;
template <std::size_t... I, class... T>
struct PackedAll<std::index_sequence<I...>, T...> : Packed<I, T>... {
  template <class F>
  GRADUS_INLINE constexpr decltype(auto) apply(F f) const {
    return f(this->Packed<I, T>::value...);
  }
};

/// Values of several types: the part of `std::tuple` that is needed; the whole takes four times as long to compile.
/// `get<I>()` is one value, `apply(f)` calls f with all.
template <class... T>
struct Pack : PackedAll<std::index_sequence_for<T...>, T...> {
  static constexpr std::size_t size = sizeof...(T);

  constexpr Pack() = default;
  constexpr explicit(false) Pack(T... value)
    requires(sizeof...(T) != 0)
      : PackedAll<std::index_sequence_for<T...>, T...>{{std::move(value)}...} {}

  template <std::size_t I>
  constexpr auto& get() {
    return at<I>(*this);
  }
  template <std::size_t I>
  constexpr const auto& get() const {
    return at<I>(*this);
  }

 private:
  template <std::size_t I, class U>
  static constexpr U& at(Packed<I, U>& one) {
    return one.value;
  }
  template <std::size_t I, class U>
  static constexpr const U& at(const Packed<I, U>& one) {
    return one.value;
  }
};

/// The Ith type of a pack.
template <std::size_t I, class P>
using type_at = decltype(packed_type<I>(static_cast<const P*>(nullptr)));

/// Concatenates packs.
template <class P>
constexpr P concat(const P& pack) {
  return pack;
}
template <class... A, class... B, class... Rest>
constexpr auto concat(const Pack<A...>& first, const Pack<B...>& second, const Rest&... rest) {
  const auto both = [&](const B&... b) {
    return first.apply([&](const A&... a) { return Pack<A..., B...>(a..., b...); });
  };
  return detail::concat(second.apply(both), rest...);
}

/// A pack with f(last) in the place of its last value.
template <class... T, class F>
constexpr auto with_last(const Pack<T...>& pack, F f) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto last = f(pack.template get<sizeof...(I)>());
    return Pack<type_at<I, Pack<T...>>..., std::remove_const_t<decltype(last)>>(pack.template get<I>()..., last);
  }(std::make_index_sequence<sizeof...(T) - 1>{});
}

/// A pack of one, or the pack that it is already.
template <class One>
constexpr auto as_pack(One one) {
  return Pack<One>(std::move(one));
}
template <class... T>
constexpr auto as_pack(Pack<T...> all) {
  return all;
}

}  // namespace gradus::detail
