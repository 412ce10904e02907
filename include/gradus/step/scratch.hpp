// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/running.hpp>
#include <gradus/step/slot_layout.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace gradus::detail {

/// What each step of a state lists anew. A copy starts empty, but with the same room, so that its steps do not allocate
/// either. Copies and moves wait until the steps in flight are done, because these know where their state lies; so it
/// is a state's first member.
struct Scratch {
  std::vector<Leaf> leaves;
  std::vector<Leaf> waiting;  ///< replaces `leaves` during a step leaf by leaf
  bool open = false;          ///< a step leaf by leaf has not ended, or a callable yields: list no leaves
  std::vector<Leaf::Piece> by_address;
  std::vector<CacheLine> gradients;
  std::vector<double> sums;
  std::unique_ptr<Running> running;  ///< on a device

  Scratch() = default;
  Scratch(const Scratch& other) { *this = other; }
  Scratch(Scratch&& other) noexcept { *this = std::move(other); }
  Scratch& operator=(const Scratch& other) {
    finish(), other.finish();
    running.reset();
    reserve(other);
    sums.resize(other.sums.size());
    return *this;
  }
  Scratch& operator=(Scratch&& other) noexcept {
    finish(), other.finish();
    leaves = std::move(other.leaves), waiting = std::move(other.waiting), by_address = std::move(other.by_address);
    gradients = std::move(other.gradients), sums = std::move(other.sums), running = std::move(other.running);
    return *this;
  }
  ~Scratch() { finish(); }

  /// Makes as much room as another has.
  void reserve(const Scratch& other) {
    leaves.reserve(other.leaves.capacity());
    waiting.reserve(other.waiting.capacity());
    by_address.reserve(other.by_address.capacity());
    gradients.reserve(other.gradients.capacity());
    sums.reserve(other.sums.size());
  }

  /// How many lines at the start of `gradients` these leaves take.
  std::size_t lines_kept(std::span<const Leaf> of) const {
    const CacheLine *begin = gradients.data(), *end = begin + gradients.size();
    const std::less<> before;
    std::size_t kept = 0;
    for (const Leaf& leaf : of) {
      const auto* at = static_cast<const CacheLine*>(leaf.gradient);
      if (!before(at, begin) && before(at, end))
        kept = std::max(kept, static_cast<std::size_t>(at - begin) + lines_of(leaf.element->bytes(leaf.size)));
    }
    return kept;
  }

  void finish() const noexcept {
    if (running) running->finish();
  }
};

/// Marks the scratch as open while it lives and a program's own code is called.
class OpenStep {
 public:
  explicit OpenStep(Scratch& scratch) : open_(scratch.open) { open_ = true; }
  OpenStep(const OpenStep&) = delete;
  OpenStep& operator=(const OpenStep&) = delete;
  ~OpenStep() { open_ = false; }

 private:
  bool& open_;
};

}  // namespace gradus::detail
