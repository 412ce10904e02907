// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/storage.hpp>
#include <gradus/step/kept.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

class State;

namespace detail {

/// What a state holds.
Kept& kept(State& state);
const Kept& kept(const State& state);

}  // namespace detail

/// What a run keeps between steps: slots and clocks, keyed by the names of leaves and slots. A value: a copy continues
/// bit for bit, nothing points back to the optimizer or the parameters. `Optimizer::init` makes one.
class State {
 public:
  State() = default;
  State(const State&) = default;
  State(State&&) noexcept = default;
  /// Takes the values over into the memory that is there, if they fit; changes nothing if it throws.
  State& operator=(const State& other) {
    if (kept_.fits(other.kept_)) kept_ = other.kept_;
    else kept_ = detail::Kept(other.kept_);
    return *this;
  }
  State& operator=(State&&) noexcept = default;
  ~State() { kept_.scratch.finish(); }

  /// Steps taken so far.
  std::int64_t step() const { return wait(), kept_.clocks.empty() ? 0 : kept_.clocks.count(); }
  /// Sets the number of steps taken, for one part of restoring a run: `visit` restores all, leaves' clocks too.
  void step(std::int64_t taken) {
    if (taken < 0 || taken > (std::int64_t{1} << 53))
      refuse({"step is ", taken, ": give the number of steps taken, from 0 to 2^53"});
    if (kept_.clocks.empty()) refuse("this state belongs to no run; make one with init(theta)");
    wait();
    kept_.clocks.row(0)[0] = static_cast<double>(taken);
  }

  /// Steps skipped because of a non-finite gradient, in all.
  std::int64_t skipped() const { return wait(), static_cast<std::int64_t>(kept_.skipped[0]); }
  /// The same, since the last step taken.
  std::int64_t skipped_in_a_row() const { return wait(), static_cast<std::int64_t>(kept_.skipped[1]); }

  /// Returns when all steps of this state are done, which matters only on a device: there the call of a step only
  /// requests it. Everything else that reads a state waits as well. What such a step refused is thrown here.
  void wait() const { kept_.wait(); }

  /// The policies this state belongs to, as the optimizer's type spells them.
  std::string_view composition() const { return kept_.composition; }

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
    const std::size_t l = kept_.find(leaf);
    if (!kept_.memory.on_host())
      refuse({"the slots of ", kept_.leaves[l].name, " lie in ", kept_.memory.space().name,
              "; State::visit copies them here"});
    for (std::size_t s = 0; s < kept_.slots.size(); ++s)
      if (kept_.slots[s].name == slot && kept_.leaves[l].stores<T>())
        return {kept_.at<T>(l, s), kept_.leaves[l].size / reals_of<T>};
    refuse({"the state of ", kept_.leaves[l].name, " has no slot \"", slot, "\" of ", detail::type_name<T>(),
            "; State::visit shows all names and types"});
  }

  /// How many leaves it has, and whether one of this name.
  std::size_t leaves() const { return kept_.leaves.size(); }
  bool contains(std::string_view leaf) const {
    return std::ranges::any_of(kept_.leaves, [&](const detail::LeafSlots& one) { return one.name == leaf; });
  }
  /// The extents of a leaf, and the order in which its slots hold the elements.
  std::span<const std::size_t> shape(std::string_view leaf = {}) const { return kept_.leaves[kept_.find(leaf)].shape; }
  Order order(std::string_view leaf = {}) const { return kept_.leaves[kept_.find(leaf)].order; }

  /// Equality of every bit of the slots and of the counters, names and shapes.
  friend bool operator==(const State& a, const State& b) {
    a.wait(), b.wait();
    return a.kept_.composition == b.kept_.composition && a.kept_.skipped == b.kept_.skipped &&
           a.kept_.leaves == b.kept_.leaves && a.kept_.clocks == b.kept_.clocks && a.kept_.memory == b.kept_.memory;
  }

 protected:
  template <class... Types, class Self, class F>
  static void visit_all(Self& self, F& f) {
    using Double = std::conditional_t<std::is_const_v<Self>, const double, double>;
    const auto clock = [&](std::size_t row, std::string_view leaf) {
      f(leaf, std::string_view("clock"), std::span<Double>(self.kept_.clocks.row(row)));
    };
    if (self.kept_.clocks.empty()) return;
    if (!self.kept_.slots.empty())  // refused before f has seen, and perhaps written, anything
      for (const detail::LeafSlots& leaf : self.kept_.leaves) {
        if (!(shows<Types, Self, F>(leaf) || ...))
          refuse({"the slots of ", leaf.name, " are stored as ", leaf.stored->name,
                  "; call visit of what init(theta, storage) returned"});
      }
    self.wait();
    clock(0, {});
    f(std::string_view(), std::string_view("skipped"), std::span<Double>(self.kept_.skipped));
    for (std::size_t l = 0; l < self.kept_.leaves.size(); ++l) {
      for (std::size_t s = 0; s < self.kept_.slots.size(); ++s)
        static_cast<void>((visit_slot<Types>(self, f, l, s) || ...));
      clock(1 + l, self.kept_.leaves[l].name);
    }
  }

  template <class Self, class T>
  using Shown = std::conditional_t<std::is_const_v<Self>, const T, T>;
  template <class Self, class T, class F>
  static constexpr bool takes = std::is_invocable_v<F&, std::string_view, std::string_view, std::span<Shown<Self, T>>>;

  // Whether a leaf's slots are Ts; refuses a function that does not take them.
  template <class T, class Self, class F>
  static bool shows(const detail::LeafSlots& leaf) {
    if (leaf.stored != &detail::element_type<T>) return false;
    if (!takes<Self, T, F>) refuse({"the function given to State::visit does not take slots of ", leaf.stored->name});
    return true;
  }

  template <class T, class Self, class F>
  static bool visit_slot(Self& self, F& f, std::size_t leaf, std::size_t slot) {
    const detail::LeafSlots& l = self.kept_.leaves[leaf];
    if (l.stored != &detail::element_type<T>) return false;
    if constexpr (takes<Self, T, F>) {
      auto* values = self.kept_.template at<T>(leaf, slot);
      const bool here = self.kept_.memory.on_host();
      std::vector<T> copy(here ? 0 : l.size);
      if (!here) self.kept_.memory.space().copy(copy.data(), values, l.size * sizeof(T));
      f(std::string_view(l.name), self.kept_.slots[slot].name,
        std::span<Shown<Self, T>>(here ? values : copy.data(), l.size));
      if constexpr (!std::is_const_v<Self>)
        if (!here) self.kept_.memory.space().copy(values, copy.data(), l.size * sizeof(T));
    }
    return true;
  }

 private:
  friend detail::Kept& detail::kept(State& state);
  friend const detail::Kept& detail::kept(const State& state);

  detail::Kept kept_;
};

inline detail::Kept& detail::kept(State& state) { return state.kept_; }
inline const detail::Kept& detail::kept(const State& state) { return state.kept_; }

}  // namespace gradus
