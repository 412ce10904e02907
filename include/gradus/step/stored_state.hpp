// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/storage.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/step/state.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace gradus {

/// A state whose slots are of another type than the parameters, see `Storage`; or of these types T, where one of them
/// is neither float nor double.
template <class Storage, class... T>
class StoredState : public State {
 public:
  /// As `State::visit`, which knows float and double only.
  template <class F>
  void visit(F&& f) {
    visit_as(*this, f, std::type_identity<typename Storage::slots>{});
  }
  template <class F>
  void visit(F&& f) const {
    visit_as(*this, f, std::type_identity<typename Storage::slots>{});
  }

 private:
  template <class Self, class F, class Slots>
  static void visit_as(Self& self, F& f, std::type_identity<Slots>) {
    if constexpr (sizeof...(T) != 0) State::visit_all<T...>(self, f);
    else if constexpr (std::is_void_v<Slots>) State::visit_all<float, double>(self, f);
    else State::visit_all<typename real_part<Slots>::type>(self, f);
  }
};

namespace detail {

Storage<> storage_in(const State&);
template <class Storage, class... T>
Storage storage_in(const StoredState<Storage, T...>&);

template <class T>
concept Ordinary = std::same_as<T, float> || std::same_as<T, double>;

template <class Kept, class... T>
auto state_for(Elements<T...>) {
  if constexpr (!(Ordinary<typename Kept::template slot<T>> && ...) && std::is_void_v<typename Kept::slots>)
    return std::type_identity<StoredState<Kept, typename Kept::template slot<T>...>>{};
  else if constexpr (std::same_as<Kept, Storage<>>) return std::type_identity<State>{};
  else return std::type_identity<StoredState<Kept>>{};
}

}  // namespace detail

/// The storage of a state, by its type.
template <std::derived_from<State> S>
using storage_of = decltype(detail::storage_in(std::declval<const S&>()));

/// The state that a storage makes for parameters of these element types.
template <class Kept, class Types>
using state_of = typename decltype(detail::state_for<Kept>(Types{}))::type;

}  // namespace gradus
