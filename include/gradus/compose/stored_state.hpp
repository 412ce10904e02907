// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/state.hpp>
#include <gradus/core/storage.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace gradus {

/// A state whose slots are of another type than the parameters; see `Storage`.
template <class Storage>
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
    if constexpr (std::is_void_v<Slots>) State::visit_all<float, double>(self, f);
    else State::visit_all<Slots>(self, f);
  }
};

namespace detail {

Storage<> storage_in(const State&);
template <class Storage>
Storage storage_in(const StoredState<Storage>&);

}  // namespace detail

/// The storage of a state, by its type.
template <std::derived_from<State> S>
using storage_of = decltype(detail::storage_in(std::declval<const S&>()));

/// The state that a storage makes.
template <class Kept>
using state_of = std::conditional_t<std::is_same_v<Kept, Storage<>>, State, StoredState<Kept>>;

}  // namespace gradus
