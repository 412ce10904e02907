// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/step/stored_state.hpp>

#include <concepts>
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

/// What the steps of a `Partition` keep: the run's count, and a state for each part, with slots for its leaves alone.
template <std::derived_from<State> Whole, std::derived_from<State>... Part>
class PartitionState : public Whole {
 public:
  PartitionState() = default;
  PartitionState(const PartitionState&) = default;
  PartitionState(PartitionState&&) noexcept = default;
  /// As `State`'s: changes nothing if it throws.
  PartitionState& operator=(const PartitionState& other) {
    bool fits = owner_ == other.owner_ && detail::kept(*this).fits(detail::kept(other));
    detail::repeat<sizeof...(Part)>(
        [&](auto k) { fits = fits && detail::kept(part<k>()).fits(detail::kept(other.template part<k>())); });
    if (!fits) return *this = PartitionState(other);
    const auto reserve = [](State& to, const State& from) {
      detail::kept(to).scratch.reserve(detail::kept(from).scratch);
    };
    reserve(*this, other);  // only that may throw, so it comes first
    detail::repeat<sizeof...(Part)>([&](auto k) { reserve(part<k>(), other.template part<k>()); });
    Whole::operator=(other);
    detail::repeat<sizeof...(Part)>([&](auto k) { part<k>() = other.template part<k>(); });
    in_ = other.in_;
    return *this;
  }
  PartitionState& operator=(PartitionState&&) noexcept = default;

  using Whole::step;
  /// Sets the number of steps taken, of every part too.
  void step(std::int64_t taken) {
    Whole::step(taken);
    detail::repeat<sizeof...(Part)>([&](auto k) { parts_.template get<k>().step(taken); });
  }

  /// The state of a part.
  template <std::size_t K>
  auto& part() {
    return parts_.template get<K>();
  }
  template <std::size_t K>
  const auto& part() const {
    return parts_.template get<K>();
  }

  /// As `State::visit`; the parts' clocks are slots of the run, "clock of part 0" and so on.
  template <class F>
  void visit(F&& f) {
    visit_all(*this, f);
  }
  template <class F>
  void visit(F&& f) const {
    visit_all(*this, f);
  }

  /// The values of one slot of one leaf, whichever part has it.
  template <class T>
  std::span<T> slot(std::string_view slot, std::string_view leaf) {
    const std::span<const T> values = std::as_const(*this).template slot<T>(slot, leaf);
    return {const_cast<T*>(values.data()), values.size()};
  }
  template <class T>
  std::span<const T> slot(std::string_view slot, std::string_view leaf) const {
    std::span<const T> found;
    const std::size_t part = owner_[detail::kept(*this).find(leaf)];
    detail::repeat<sizeof...(Part)>([&](auto k) {
      if (k == part) found = parts_.template get<k>().template slot<T>(slot, leaf);
    });
    return found;
  }

  friend bool operator==(const PartitionState& a, const PartitionState& b) {
    bool equal = static_cast<const State&>(a) == b && a.owner_ == b.owner_;
    detail::repeat<sizeof...(Part)>(
        [&](auto k) { equal = equal && a.parts_.template get<k>() == b.parts_.template get<k>(); });
    return equal;
  }

 private:
  template <class... Parts>
  friend class Partition;

  // Wraps `f` for State::visit of a part; takes what `f` takes.
  template <class F>
  struct InPart {
    F& f;
    std::string clock;

    template <class T>
      requires std::invocable<F&, std::string_view, std::string_view, std::span<T>>
    void operator()(std::string_view leaf, std::string_view slot, std::span<T> values) const {
      if (!leaf.empty()) f(leaf, slot, values);
      else if (slot == "clock") f(leaf, std::string_view(clock), values);
    }
  };

  // The same for the whole set: passes on only what is the run's.
  template <class F>
  struct OfRun {
    F& f;

    template <class T>
      requires std::invocable<F&, std::string_view, std::string_view, std::span<T>>
    void operator()(std::string_view leaf, std::string_view slot, std::span<T> values) const {
      if (leaf.empty()) f(leaf, slot, values);
    }
  };

  template <class Self, class F>
  static void visit_all(Self& self, F& f) {
    using Base = std::conditional_t<std::is_const_v<Self>, const Whole, Whole>;
    static_cast<Base&>(self).visit(OfRun<F>{f});
    detail::repeat<sizeof...(Part)>([&](auto k) {
      self.parts_.template get<k>().visit(InPart<F>{f, "clock of part " + std::to_string(std::size_t{k})});
    });
  }

  detail::Pack<Part...> parts_;
  std::vector<std::size_t> owner_;               ///< the part of each leaf that is in one
  std::shared_ptr<const std::vector<bool>> in_;  ///< whether a leaf is in any
};

/// How many parts a state has.
template <class S>
inline constexpr std::size_t parts_of = 0;
template <class Whole, class... Part>
inline constexpr std::size_t parts_of<PartitionState<Whole, Part...>> = sizeof...(Part);

}  // namespace gradus
