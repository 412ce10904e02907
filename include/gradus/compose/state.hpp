// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/clock_rows.hpp>
#include <gradus/compose/scratch.hpp>
#include <gradus/compose/slot_layout.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/memory.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/storage.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// What a run keeps between steps: slots and clocks, keyed by the names of leaves and slots. A value: a copy continues
/// bit for bit, nothing points back to the optimizer or the parameters. `Optimizer::init` makes one.
class State {
 public:
  State() = default;
  State(const State&) = default;
  State(State&&) noexcept = default;
  State& operator=(const State&) = default;
  State& operator=(State&&) noexcept = default;
  ~State() { scratch_.finish(); }

  /// Steps taken so far.
  std::int64_t step() const { return wait(), clocks_.empty() ? 0 : clocks_.count(); }
  /// Sets the number of steps taken, for one part of restoring a run: `visit` restores all, leaves' clocks too.
  void step(std::int64_t taken) {
    if (taken < 0) refuse({"step is ", taken, ": give the number of steps taken, at least 0"});
    if (clocks_.empty()) refuse("this state belongs to no run; make one with init(theta)");
    wait();
    clocks_.row(0)[0] = static_cast<double>(taken);
  }

  // For the engine: where the run stands before its next step, at a value of the objective.
  Instant instant(double value, bool down) const { return {clocks_.count() + 1, clocks_.row(0).data(), value, down}; }

  /// Steps skipped because of a non-finite gradient, in all.
  std::int64_t skipped() const { return wait(), static_cast<std::int64_t>(skipped_[0]); }
  /// The same, since the last step taken.
  std::int64_t skipped_in_a_row() const { return wait(), static_cast<std::int64_t>(skipped_[1]); }

  /// Returns when all steps of this state are done, which matters only on a device: there the call of a step only
  /// requests it. Everything else that reads a state waits as well. What such a step refused is thrown here.
  void wait() const {
    if (scratch_.running) scratch_.running->wait();
  }

  /// The policies this state belongs to, as the optimizer's type spells them.
  std::string_view composition() const { return composition_; }

  /// Calls f(leaf name, slot name, values) for everything the run keeps: the slots, as a `std::span` of the element
  /// type; each leaf's "clock" and the run's (with an empty leaf name), as doubles: a step count and the numbers that
  /// policies keep apart from elements; and the run's counts of "skipped" steps, likewise. Values may be written.
  template <class F>
  void visit(F&& f) {
    visit_all<float, double>(*this, f);
  }
  template <class F>
  void visit(F&& f) const {
    visit_all<float, double>(*this, f);
  }

  /// The values of one slot of one leaf; the only leaf's, if `leaf` is empty. Where several policies name a slot alike,
  /// the second's is "name 2". Refuses a name that is not there.
  template <class T>
  std::span<T> slot(std::string_view slot, std::string_view leaf = {}) {
    const std::span<const T> values = std::as_const(*this).template slot<T>(slot, leaf);
    return {const_cast<T*>(values.data()), values.size()};
  }
  template <class T>
  std::span<const T> slot(std::string_view slot, std::string_view leaf = {}) const {
    const std::size_t l = find(leaf);
    if (!memory_.on_host())
      refuse({"the slots of ", leaves_[l].name, " lie in ", memory_.space().name, "; State::visit copies them here"});
    for (std::size_t s = 0; s < slots_.size(); ++s)
      if (slots_[s].name == slot && leaves_[l].stores<T>()) return {at<T>(l, s), leaves_[l].size / reals_of<T>};
    refuse({"the state of ", leaves_[l].name, " has no slot \"", slot, "\" of ", type_name<T>(),
            "; State::visit shows all names and types"});
  }

  /// How many leaves it has, and whether one of this name.
  std::size_t leaves() const { return leaves_.size(); }
  bool contains(std::string_view leaf) const {
    return std::ranges::any_of(leaves_, [&](const LeafSlots& one) { return one.name == leaf; });
  }
  /// The extents of a leaf, and the order in which its slots hold the elements.
  std::span<const std::size_t> shape(std::string_view leaf = {}) const { return leaves_[find(leaf)].shape; }
  Order order(std::string_view leaf = {}) const { return leaves_[find(leaf)].order; }

  /// Equality of every bit of the slots and of the counters, names and shapes.
  friend bool operator==(const State& a, const State& b) {
    a.wait(), b.wait();
    return a.composition_ == b.composition_ && a.skipped_ == b.skipped_ && a.leaves_ == b.leaves_ &&
           a.clocks_ == b.clocks_ && a.memory_ == b.memory_;
  }

 private:
  template <class... Parts>
  friend class Optimizer;
  template <class Storage, class... P>
  friend class Pass;
  template <class Backend, class Storage, class... P>
  friend class Sweeps;
  template <class Backend, class Storage, class... P>
  friend class Look;
  template <class Backend, class Storage, class... P>
  friend class Run;
  template <class Storage, class... P>
  friend class DeviceRun;
  template <class Optimizer, class Set, class Run, class... P>
  friend struct DeviceJob;
  template <class Job>
  friend class DeviceJobs;
  template <class Optimizer, class Backend, class Storage, class Types, class Policies>
  friend class DeviceSteps;
  template <class Policies, class Types, class S, class Backend>
  friend class LeafStep;
  template <class Storage, class... T>
  friend class StoredState;
  template <class... Given>
  friend class Partition;
  template <std::derived_from<State> Whole, std::derived_from<State>... Part>
  friend class PartitionState;
  friend class Listing;

  std::size_t find(std::string_view leaf) const {
    if (leaf.empty() && leaves_.size() == 1) return 0;
    for (std::size_t l = 0; l < leaves_.size(); ++l)
      if (leaves_[l].name == leaf) return l;
    if (leaf.empty() && !leaves_.empty())
      refuse({"the state has ", leaves_.size(), " leaves; name one, such as \"", leaves_[0].name, "\""});
    refuse({"the state has no leaf \"", leaf, "\"; State::visit shows all names"});
  }

  void prepare(std::string_view composition, std::span<const Slot> slots) {
    composition_ = composition, slots_ = slots;
  }

  template <class Storage, class X>
  void add_leaf(std::string name, const X& tensor) {
    leaves_.push_back(LeafSlots::of<Storage>(std::move(name), tensor, lines_end_));
    leaves_.back().number = leaves_.size() - 1;
    using Writable = std::remove_const_t<X>;
    check_block<Writable>(tensor_traits<Writable>::data(const_cast<Writable&>(tensor), leaves_.back().order),
                          leaves_.back().size);
    lines_end_ += leaves_.back().lines_per_slot * slots_.size();
  }

  // Allocates what the listed leaves need; every clock starts at `start`.
  void finish_leaves(std::span<const double> start, std::size_t sums, const Space& space) {
    memory_ = Memory(space, lines_end_ * sizeof(CacheLine));
    clocks_.start(start, 1 + leaves_.size());
    scratch_.leaves.reserve(leaves_.size());
    scratch_.by_address.reserve(leaves_.size());
    scratch_.sums.resize(leaves_.size() * sums);
  }

  // Gives the slots of a leaf their first values.
  template <class Storage, class X>
  void fill(std::size_t leaf, const X& tensor, std::span<const double> first) {
    using T = typename Storage::template slot<element_t<X>>;
    const std::size_t size = leaves_[leaf].size;
    for (std::size_t s = 0; s < slots_.size(); ++s) {
      if (!memory_.on_host()) fill_there(at<T>(leaf, s), size, tensor, leaves_[leaf].order, slots_[s], first[s]);
      else if (slots_[s].from_parameter) read_reals(tensor, leaves_[leaf].order, 0, size, at<T>(leaf, s));
      else std::fill_n(at<T>(leaf, s), size, static_cast<T>(first[s]));
    }
  }

  // The same in other memory, piece by piece.
  template <class T, class X>
  void fill_there(T* to, std::size_t size, const X& tensor, Order order, const Slot& slot, double first) {
    if (!slot.from_parameter && first == 0) return;  // it was cleared
    std::vector<T> here(std::min(size, std::size_t{1} << 20), static_cast<T>(first));
    for (std::size_t at = 0; at < size; at += here.size()) {
      const std::size_t now = std::min(here.size(), size - at);
      if (slot.from_parameter) read_reals(tensor, order, at, now, here.data());
      memory_.space().copy(to + at, here.data(), now * sizeof(T));
    }
  }

  template <class T>
  T* at(std::size_t leaf, std::size_t slot) {
    return reinterpret_cast<T*>(memory_.data() + leaves_[leaf].offset(slot));
  }
  template <class T>
  const T* at(std::size_t leaf, std::size_t slot) const {
    return const_cast<State*>(this)->at<T>(leaf, slot);
  }

  template <class... Types, class Self, class F>
  static void visit_all(Self& self, F& f) {
    using Double = std::conditional_t<std::is_const_v<Self>, const double, double>;
    const auto clock = [&](std::size_t row, std::string_view leaf) {
      f(leaf, std::string_view("clock"), std::span<Double>(self.clocks_.row(row)));
    };
    if (self.clocks_.empty()) return;
    self.wait();
    clock(0, {});
    f(std::string_view(), std::string_view("skipped"), std::span<Double>(self.skipped_));
    for (std::size_t l = 0; l < self.leaves_.size(); ++l) {
      for (std::size_t s = 0; s < self.slots_.size(); ++s)
        if (!(visit_slot<Types>(self, f, l, s) || ...))
          refuse({"the slots of ", self.leaves_[l].name, " are stored as ", self.leaves_[l].stored->name,
                  "; call visit of what init(theta, storage) returned"});
      clock(1 + l, self.leaves_[l].name);
    }
  }

  template <class T, class Self, class F>
  static bool visit_slot(Self& self, F& f, std::size_t leaf, std::size_t slot) {
    const LeafSlots& l = self.leaves_[leaf];
    if (l.stored != &element_type<T>) return false;
    using Shown = std::conditional_t<std::is_const_v<Self>, const T, T>;
    if constexpr (std::is_invocable_v<F&, std::string_view, std::string_view, std::span<Shown>>) {
      auto* values = self.template at<T>(leaf, slot);
      const bool here = self.memory_.on_host();
      std::vector<T> copy(here ? 0 : l.size);
      if (!here) self.memory_.space().copy(copy.data(), values, l.size * sizeof(T));
      f(std::string_view(l.name), self.slots_[slot].name, std::span<Shown>(here ? values : copy.data(), l.size));
      if constexpr (!std::is_const_v<Self>)
        if (!here) self.memory_.space().copy(values, copy.data(), l.size * sizeof(T));
    } else refuse({"the function given to State::visit does not take slots of ", l.stored->name});
    return true;
  }

  Scratch scratch_;
  std::string_view composition_;
  std::span<const Slot> slots_;
  std::array<double, 2> skipped_{};  // steps, in all and in a row
  std::size_t lines_end_ = 0;
  std::vector<LeafSlots> leaves_;
  ClockRows clocks_;
  Memory memory_;
};

}  // namespace gradus
