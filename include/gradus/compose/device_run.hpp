// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_table.hpp>
#include <gradus/compose/pass.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/pack.hpp>

#include <cstddef>

namespace gradus {

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
  using Base::count;
  using Base::info;

  DeviceRun(const Pack<P...>& policies, State& state, double value, bool down) : Base(policies, state, value, down) {}

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
  /// Where the sums of policy I over all leaves go, or those over leaf l.
  template <std::size_t I>
  double* sums(std::size_t l) {
    return (per_leaf_of<typename L::template policy<I>> ? this->leaf_sums(l) : this->sums_) + L::sum[I];
  }
  double* emitted() { return this->emitted_; }

  // The next measurement may need what follows from this one.
  void follow() {
    if constexpr (Scalars::template keeps<Scalars::Of::run>)
      this->next_run_ = this->scalars_.next_run(this->clock(0), this->measured(0));
  }

  /// Tells the guards of a gradient that is not finite; one of them may refuse.
  void found(const NonFinite& what) {
    this->scalars_.template for_each<L::guards>([&](const auto& policy, auto) { policy.found(what); });
    ++this->state_.skipped_[0], ++this->state_.skipped_[1];
  }

  /// Advances the clocks of the run and of the listed leaves; `even` says that all leaves share the first one's.
  template <class ForEachLeaf>
  void commit(bool even, ForEachLeaf for_each_leaf) {
    if (even) this->store(1, this->next_leaf(0));
    else for_each_leaf([&](std::size_t l) { this->store(1 + l, this->next_leaf(l)); });
    if constexpr (L::emits != 0)
      this->next_run_ = this->scalars_.behind(this->clock(0), this->next_run_, this->emitted_);
    this->store(0, this->next_run_);
    taken();
  }
  /// A call that takes no step.
  void commit_gathered() {
    if constexpr (gathering) this->gathered() += 1;
    taken();
  }

  double rate() const { return this->scalars_.rate({this->clock(0), this->next_run_.data()}); }

 private:
  void taken() {
    if constexpr (Plan::guarded) this->state_.skipped_[1] = 0;
  }
};

}  // namespace gradus
