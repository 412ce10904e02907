// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sums.hpp>
#include <gradus/compose/device_leaves.hpp>
#include <gradus/compose/pass.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/pairwise_sum.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/square_root.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace gradus {

/// What a device measured of all leaves of one element type: block by block, in the order of `NormTree`.
struct DeviceResult {
  const double* value = nullptr;  ///< of the first reduction's first block
  std::size_t blocks = 0;
  std::size_t size = 0;  ///< elements

  /// Reduction k of blocks [first, first + count), of which the last may be part of one.
  double sum(std::size_t k, std::size_t first, std::size_t count, std::size_t elements) const {
    const double* block = value + k * blocks + first;
    PairwiseSum all;
    const std::size_t whole = elements / norm_block;
    for (std::size_t b = 0; b < whole; ++b) all.add(block[b]);
    return all.total(whole < count ? block[whole] : 0);
  }
  double sum(std::size_t k) const { return sum(k, 0, blocks, size); }

  double extreme(std::size_t k, backend::Reduction how) const {
    double most = how.none();
    for (std::size_t b = 0; b < blocks; ++b) most = how.both(most, value[k * blocks + b]);
    return most;
  }
};

/// A norm that a device measures in one sweep: of doubles three sums, of which the one counts that neither overflowed
/// nor vanished (Blue, 1978); the plain one of floats always does.
struct DeviceNorm {
  using Reduction = backend::Reduction;
  static constexpr double unit = 0x1p600;
  template <class T>
  static constexpr std::size_t reductions = sizeof(T) < sizeof(double) ? 1 : 3;

  double order = 2;
  double plain = 0, small = 0, large = 0;

  Reduction::Kind kind() const {
    return order == 2 ? Reduction::squares : order == 1 ? Reduction::magnitudes : Reduction::largest;
  }
  static void check(double order) {
    if (order != 1 && order != 2 && order <= std::numeric_limits<double>::max())
      refuse("a norm of order " + text(order) + " is asked for on a device, which measures those of order 1, 2 and "
             "infinity; choose one of them");
  }

  template <class T>
  void ask(Reduction* reduction) const {
    reduction[0] = {kind(), 1};
    if constexpr (reductions<T> == 3) reduction[1] = {kind(), unit}, reduction[2] = {kind(), 1 / unit};
  }

  template <class T>
  void add(const DeviceResult& result, std::size_t k) {
    if (kind() == Reduction::largest) {
      plain = Reduction{kind()}.both(plain, result.extreme(k, {kind()}));
      return;
    }
    const double sum = result.sum(k), scale = order == 2 ? unit * unit : unit;
    plain += sum;
    small += reductions<T> == 3 ? result.sum(k + 1) : sum * scale;
    large += reductions<T> == 3 ? result.sum(k + 2) : sum / scale;
  }

  Norm value() const {
    const auto root = [&](double sum) { return order == 2 ? square_root(sum) : sum; };
    if (kind() == Reduction::largest || tells_all(plain) || is_nan(plain) || plain == 0) {
      if (plain == 0 && small > 0) return {1 / unit, root(small)};
      return {1, kind() == Reduction::largest ? plain : root(plain)};
    }
    return plain > 1 ? Norm{unit, root(large)} : Norm{1 / unit, root(small)};
  }
};

/// The host's part of one step on a device: clocks, scalars, what follows from what was measured.
template <class Backend, bool Negate, class Storage, class... P>
class DeviceRun : public Pass<Backend, Negate, Storage, P...> {
 public:
  using Base = Pass<Backend, Negate, Storage, P...>;
  using typename Base::Clock;
  using typename Base::L;
  using typename Base::Plan;
  using typename Base::Scalars;
  using Control = backend::DeviceControl;

  DeviceRun(const std::tuple<P...>& policies, State& state, double value) : Base(policies, state, value) {}

  static constexpr bool gathering = L::gathering.size() != 0;
  /// Whether leaves with equal clocks have equal scalars.
  static constexpr bool alike = L::leaf_sums == 0 && !(by_name_of<P> || ...);

  Control::Mode mode() const {
    if constexpr (gathering)
      if (std::get<L::gathering[0]>(this->scalars_.policies).gathers(gathered())) return Control::gathers;
    return Control::steps;
  }

  template <class E>
  auto scalars(std::size_t l) const {
    return Base::template scalars<E>(l, this->next_leaf(l));
  }

  /// Takes norm I in.
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

  // Who looks next may need what follows from what was measured.
  void follow() {
    if constexpr (Scalars::template keeps<Scalars::Of::run>)
      this->next_run_ = this->scalars_.next_run(this->clock(0), this->measured(0));
  }

  /// Tells the guards of a gradient that is not finite; one of them may refuse.
  void found(const NonFinite& what) {
    this->scalars_.template for_each<L::guards>([&](const auto& policy, auto) { policy.found(what); });
    ++this->state_.skipped_[0], ++this->state_.skipped_[1];
  }

  /// Moves the clocks: of the run and of the leaves listed; `even` says that all leaves share the first one's.
  template <class ForEachLeaf>
  void commit(bool even, ForEachLeaf for_each_leaf) {
    if (even) this->store(1, this->next_leaf(0));
    else for_each_leaf([&](std::size_t l) { this->store(1 + l, this->next_leaf(l)); });
    if constexpr (L::emits != 0)
      this->next_run_ = this->scalars_.behind(this->clock(0), this->next_run_, this->emitted_);
    this->store(0, this->next_run_);
    taken();
  }
  /// A call of which no step comes.
  void commit_gathered() {
    if constexpr (gathering) gathered() += 1;
    taken();
  }

  double value() const { return this->scalars_.objective; }
  double rate() const { return this->scalars_.rate({this->clock(0), this->next_run_.data()}); }

 private:
  void taken() {
    if constexpr (Plan::guarded) this->state_.skipped_[1] = 0;
  }

  // What the policy that gathers keeps.
  double& gathered() const {
    constexpr std::size_t i = L::gathering[0];
    return this->clock(0)[1 + L::number[i] + base_count<typename L::template policy<i>>];
  }
};

}  // namespace gradus
