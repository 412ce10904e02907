// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/memory.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/running.hpp>
#include <gradus/core/storage.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
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

  /// Steps taken so far.
  std::int64_t step() const {
    wait();
    return clocks_.empty() ? 0 : static_cast<std::int64_t>(clock(0)[0]);
  }
  /// Sets the number of steps taken, to restore a run; the slots and clocks are restored through `visit`.
  void step(std::int64_t taken) {
    if (taken < 0) refuse("step is " + std::to_string(taken) + ": give the number of steps taken, at least 0");
    if (clocks_.empty()) refuse("this state belongs to no run; make one with init(theta)");
    wait();
    clock(0)[0] = static_cast<double>(taken);
  }

  /// Steps skipped because of a non-finite gradient, in all and since the last step taken.
  std::int64_t skipped() const { return wait(), static_cast<std::int64_t>(skipped_[0]); }
  std::int64_t skipped_in_a_row() const { return wait(), static_cast<std::int64_t>(skipped_[1]); }

  /// Returns when all steps of this state are done, which matters on a device alone: there a step is only asked for
  /// when its call returns. Everything else that reads a state waits as well. What such a step refused is thrown here.
  void wait() const {
    if (scratch_.running) scratch_.running->wait();
  }

  /// The policies this state belongs to, as the optimizer's type spells them.
  std::string_view composition() const { return composition_; }

  /// Calls f(leaf name, slot name, values) for everything the run keeps apart from the step count: the slots as a
  /// `std::span` of the element type; each leaf's "clock" and the run's (its leaf name is empty), doubles: a step count
  /// and the numbers that policies keep apart from elements; the run's counts of "skipped" steps, likewise. Values may
  /// be written.
  template <class F>
  void visit(F&& f) {
    visit_all<float, double>(*this, f);
  }
  template <class F>
  void visit(F&& f) const {
    visit_all<float, double>(*this, f);
  }

  /// The values of one slot of one leaf; the only leaf's, if `leaf` is empty. Refuses a name that is not there.
  template <class T>
  std::span<T> slot(std::string_view slot, std::string_view leaf = {}) {
    const std::span<const T> values = std::as_const(*this).template slot<T>(slot, leaf);
    return {const_cast<T*>(values.data()), values.size()};
  }
  template <class T>
  std::span<const T> slot(std::string_view slot, std::string_view leaf = {}) const {
    const std::size_t l = find(leaf);
    if (!memory_.on_host())
      refuse("the slots of " + leaves_[l].name + " lie in " + memory_.space().name + "; State::visit copies them here");
    for (std::size_t s = 0; s < slots_.size(); ++s)
      if (slots_[s].name == slot && leaves_[l].stored == &element_type<T>) return {at<T>(l, s), leaves_[l].size};
    refuse("the state of " + leaves_[l].name + " has no slot \"" + std::string(slot) + "\" of " +
           std::string(type_name<T>()) + "; State::visit shows all names");
  }

  /// The extents of a leaf, and the order in which its slots hold the elements.
  std::span<const std::size_t> shape(std::string_view leaf = {}) const { return leaves_[find(leaf)].shape; }
  Order order(std::string_view leaf = {}) const { return leaves_[find(leaf)].order; }

  /// Equality of every bit of the slots and of the counters, names and shapes.
  friend bool operator==(const State& a, const State& b) {
    a.wait(), b.wait();
    return a.composition_ == b.composition_ && a.skipped_ == b.skipped_ && a.leaves_ == b.leaves_ &&
           a.same_clocks(b) && a.memory_ == b.memory_;
  }

 private:
  template <class... Parts>
  friend class Optimizer;
  template <class Backend, bool Negate, class Storage, class... P>
  friend class Pass;
  template <class Backend, bool Negate, class Storage, class... P>
  friend class Look;
  template <class Backend, bool Negate, class Storage, class... P>
  friend class Run;
  template <class Backend, bool Negate, class Storage, class... P>
  friend class DeviceRun;
  template <class Optimizer, class Backend, bool Negate, class Storage, class Types, class Policies>
  friend class DeviceSteps;
  template <class Storage>
  friend class StoredState;
  friend class Listing;

  // Memory in cache lines, so that every slot starts on one.
  struct alignas(64) Line {
    std::byte bytes[64];
  };

  struct LeafState {
    std::string name;
    std::vector<std::size_t> shape;
    Order order{};
    std::size_t size = 0;
    const ElementType* element = nullptr;
    const ElementType* stored = nullptr;  // the slots' type
    std::size_t first_line = 0;           // of the first slot
    std::size_t lines_per_slot = 0;

    bool operator==(const LeafState&) const = default;
  };

  // What a step lists anew; a copy starts without it, but with the room, so that its steps do not allocate either.
  struct Scratch {
    std::vector<Leaf> leaves;
    std::vector<std::size_t> by_address;
    std::vector<Line> gradients;
    std::vector<double> sums;
    std::unique_ptr<Running> running;  // on a device

    Scratch() = default;
    Scratch(const Scratch& other) { *this = other; }
    Scratch(Scratch&& other) noexcept { *this = std::move(other); }
    Scratch& operator=(Scratch&& other) noexcept {
      finish(), other.finish();  // a step going on knows where its state lies
      leaves = std::move(other.leaves), by_address = std::move(other.by_address);
      gradients = std::move(other.gradients), sums = std::move(other.sums), running = std::move(other.running);
      return *this;
    }
    Scratch& operator=(const Scratch& other) {
      leaves.reserve(other.leaves.capacity());
      by_address.reserve(other.by_address.capacity());
      gradients.reserve(other.gradients.capacity());
      sums.resize(other.sums.size());
      finish(), other.finish();
      running.reset();
      return *this;
    }
    ~Scratch() { finish(); }

    void finish() const noexcept {
      if (running) running->finish();
    }
  };

  std::size_t find(std::string_view leaf) const {
    if (leaf.empty() && leaves_.size() == 1) return 0;
    for (std::size_t l = 0; l < leaves_.size(); ++l)
      if (leaves_[l].name == leaf) return l;
    refuse("the state has no leaf \"" + std::string(leaf) + "\"; State::visit shows all names");
  }

  void prepare(std::string_view composition, std::span<const Slot> slots, std::size_t clock_size, const Space& space) {
    composition_ = composition, slots_ = slots, clock_size_ = clock_size, space_ = &space;
  }

  template <class Storage, class X>
  void add_leaf(std::string name, const X& tensor) {
    LeafState leaf;
    leaf.name = std::move(name), leaf.order = order_of(tensor), leaf.element = &element_type<element_t<X>>;
    leaf.stored = &element_type<typename Storage::template slot<element_t<X>>>;
    leaf.size = size_of(tensor), leaf.first_line = lines_end_;
    for (const auto extent : tensor_traits<X>::shape(tensor)) leaf.shape.push_back(static_cast<std::size_t>(extent));
    leaf.lines_per_slot = apart((leaf.size * leaf.stored->size + sizeof(Line) - 1) / sizeof(Line));
    lines_end_ += leaf.lines_per_slot * slots_.size();
    leaves_.push_back(std::move(leaf));
  }

  // So many lines that an element lies at another place of its page in the next slot, and in another page of those that
  // share a place in the caches of addresses. Where it does not, a processor that runs ahead takes the one for the
  // other and waits: up to a quarter of a step. Little room for much memory; little memory is left as it is.
  static std::size_t apart(std::size_t lines) {
    constexpr std::size_t page = 4096 / sizeof(Line), pages = 64 * page;
    const auto off_multiples = [&](std::size_t period) {
      const std::size_t over = lines % period, quarter = period / 4;
      if (over < quarter) lines += quarter - over;
      else if (over > period - quarter) lines += period + quarter - over;
    };
    if (lines >= 16 * pages) off_multiples(pages);
    if (lines >= page - page / 8) off_multiples(page);
    return lines;
  }

  // Allocates what the listed leaves need; every clock starts at `start`.
  void finish_leaves(std::span<const double> start, std::size_t sums) {
    memory_ = Memory(*space_, lines_end_ * sizeof(Line));
    for (std::size_t row = 0; row <= leaves_.size(); ++row) clocks_.insert(clocks_.end(), start.begin(), start.end());
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
      else if (slots_[s].from_parameter) read_elements(tensor, leaves_[leaf].order, 0, size, at<T>(leaf, s));
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
      if (slot.from_parameter) read_elements(tensor, order, at, now, here.data());
      memory_.space().copy(to + at, here.data(), now * sizeof(T));
    }
  }

  template <class T>
  T* at(std::size_t leaf, std::size_t slot) {
    const LeafState& l = leaves_[leaf];
    return reinterpret_cast<T*>(memory_.data() + (l.first_line + slot * l.lines_per_slot) * sizeof(Line));
  }
  template <class T>
  const T* at(std::size_t leaf, std::size_t slot) const {
    return const_cast<State*>(this)->at<T>(leaf, slot);
  }

  // Row 0 is the run's clock, row 1 + l that of leaf l: a step count and what policies keep. Where they are even, all
  // leaves stand where the first does, and only its row is true.
  const double* clock(std::size_t row) const {
    return clocks_.data() + (even_ == Even::yes ? std::min<std::size_t>(row, 1) : row) * clock_size_;
  }
  double* clock(std::size_t row) {
    spread();
    return clocks_.data() + row * clock_size_;
  }
  bool same_clocks(const State& other) const {
    if (clocks_.size() != other.clocks_.size() || clocks_.empty()) return clocks_.size() == other.clocks_.size();
    for (std::size_t row = 0; row <= leaves_.size(); ++row)
      if (!std::equal(clock(row), clock(row) + clock_size_, other.clock(row))) return false;
    return true;
  }
  std::int64_t clock_count() const { return static_cast<std::int64_t>(clocks_[0]); }

  bool even() const { return even_ == Even::yes; }
  // Makes them so, if they are.
  bool make_even() {
    if (even_ != Even::unknown) return even();
    even_ = Even::yes;
    for (std::size_t row = 2; row < leaves_.size() + 1; ++row)
      if (!std::equal(clocks_.data() + clock_size_, clocks_.data() + 2 * clock_size_,
                      clocks_.data() + row * clock_size_))
        even_ = Even::no;
    return even();
  }
  void spread() {
    if (even())
      for (std::size_t row = 2; row < leaves_.size() + 1; ++row)
        std::copy_n(clocks_.data() + clock_size_, clock_size_, clocks_.data() + row * clock_size_);
    even_ = Even::unknown;
  }

  template <class... Types, class Self, class F>
  static void visit_all(Self& self, F& f) {
    using Double = std::conditional_t<std::is_const_v<Self>, const double, double>;
    const auto clock = [&](std::size_t row, std::string_view leaf) {
      f(leaf, std::string_view("clock"), std::span<Double>(self.clock(row), self.clock_size_));
    };
    if (self.clocks_.empty()) return;
    self.wait();
    clock(0, {});
    f(std::string_view(), std::string_view("skipped"), std::span<Double>(self.skipped_));
    for (std::size_t l = 0; l < self.leaves_.size(); ++l) {
      for (std::size_t s = 0; s < self.slots_.size(); ++s)
        if (!(visit_slot<Types>(self, f, l, s) || ...))
          refuse("the slots of " + self.leaves_[l].name + " are stored as " +
                 std::string(self.leaves_[l].stored->name) + "; call visit of what init(theta, storage) returned");
      clock(1 + l, self.leaves_[l].name);
    }
  }

  template <class T, class Self, class F>
  static bool visit_slot(Self& self, F& f, std::size_t leaf, std::size_t slot) {
    const LeafState& l = self.leaves_[leaf];
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
    } else refuse("the function given to State::visit does not take slots of " + std::string(l.stored->name));
    return true;
  }

  Scratch scratch_;  // first, because its copy waits until the rest of the other stands still
  std::string_view composition_;
  std::span<const Slot> slots_;
  std::size_t clock_size_ = 1;
  std::array<double, 2> skipped_{};  // steps, in all and in a row
  std::size_t lines_end_ = 0;
  std::vector<LeafState> leaves_;
  std::vector<double> clocks_;
  enum class Even : unsigned char { unknown, yes, no } even_ = Even::unknown;
  const Space* space_ = &host_space;
  Memory memory_;
};

}  // namespace gradus
