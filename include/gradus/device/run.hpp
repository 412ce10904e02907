// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_table.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/step/pass.hpp>

#include <cstddef>

namespace gradus::detail {

/// The host's part of one step on a device: clocks, scalars, and what follows from the measurements.
template <class Storage, class... P>
class DeviceRun : public Pass<Storage, P...> {
 public:
  using Base = Pass<Storage, P...>;
  using typename Base::Clock;
  using typename Base::L;
  using typename Base::Plan;
  using typename Base::Scalars;
  using Control = backend::DeviceControl;
  using Base::check_present;
  using Base::check_value;
  using Base::commit_gathered;
  using Base::count;
  using Base::follow;
  using Base::found;
  using Base::info;
  using Base::may_report;
  using Base::reports;
  using Base::send;
  using Base::sums;

  DeviceRun(const Pack<P...>& policies, Kept& state, double value, bool down) : Base(policies, state, value, down) {}

  using Base::gathering;
  /// Whether leaves with equal clocks have equal scalars.
  static constexpr bool alike = L::leaf_sums == 0 && !(by_leaf_of<P> || ...);

  Control::Mode mode() const { return this->gathers() ? Control::gathers : Control::steps; }

  template <class E>
  auto scalars(std::size_t l) const {
    return Base::template scalars<E>(l, this->next_leaf(l));
  }

  /// Takes in norm I.
  template <std::size_t I>
  void take_norm(const Norm& norm) {
    this->norms_[L::norm[I]] = norm;
    follow();
  }
  double* emitted() { return this->emitted_; }

  /// Advances the clocks of the run and of the listed leaves; `even` says that all leaves share the first one's.
  template <class ForEachLeaf>
  void commit(bool even, ForEachLeaf for_each_leaf) {
    if (even) this->store(1, this->next_leaf(0));
    else for_each_leaf([&](std::size_t l) { this->store(1 + l, this->next_leaf(l)); });
    Base::commit();
  }

  double rate() const { return this->scalars_.rate({this->clock(0), this->next_run_.data()}); }
};

}  // namespace gradus::detail
