// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/non_finite.hpp>
#include <gradus/core/norm_meter.hpp>
#include <gradus/step/sweeps.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace gradus::detail {

/// The passes of one step that only read: guards, norms and sums.
template <class Backend, class Storage, class... P>
class Look : protected Sweeps<Backend, Storage, P...> {
 protected:
  using Base = Sweeps<Backend, Storage, P...>;
  using typename Base::Clock;
  using typename Base::L;
  using typename Base::Plan;
  using typename Base::Scalars;
  using Meter = NormMeter<Backend>;
  using Base::Base;

  /// The read-only passes. False if the step is to be skipped.
  template <class... T>
  bool look_first(std::span<const Leaf> leaves, Elements<T...> elements) {
    if constexpr (Plan::read_passes != 0) {
      Meter meter[L::norms + 1];
      this->scalars_.template for_each<L::measuring>([&](const auto& policy, auto i) {
        if constexpr ((ComplexNumber<T> || ...)) check_order_of_complex(policy.norm_order());
        meter[L::norm[i]].start(policy.norm_order());
      });
      if constexpr (Plan::shared_reads != 0)
        if (!look_at_gradient(leaves, elements, meter)) return false;
      for_each_looking([&]<class Policy>(const Policy&, auto i) {
        if constexpr (HasSums<Policy>) {
          sweep_sums<false, i, Policy>(leaves, elements);
        } else {
          Meter& mine = meter[L::norm[i]];
          const auto sweep = [&] { sweep_received<false, i>(leaves, elements, mine); };
          if constexpr (!Plan::template Received<i>::raw) sweep();
          const std::optional<Norm> norm = mine.end();
          this->norms_[L::norm[i]] = norm ? *norm : mine.measure(sweep);
        }
      });
    }
    return true;
  }

  /// The same for the only leaf, in one piece. False, with nothing changed, in rare cases, which `look_first` handles:
  /// a number that is not finite, a norm of another order, or one that the sum of squares does not determine.
  template <class... T>
  bool look_at_block(const Leaf& leaf, Elements<T...> elements) {
    const std::span<const Leaf> leaves(&leaf, 1);
    bool usual = true;
    this->scalars_.template for_each<L::measuring>(
        [&](const auto& policy, auto) { usual &= policy.norm_order() == 2; });
    if (!usual) return false;  // before anything is read
    double squares = 1;
    if constexpr (Plan::shared_reads != 0)
      this->template for_each_typed<true>(leaves, elements, [&]<class E>(const Leaf&, std::size_t, E*) {
        const auto* gradient = static_cast<const arithmetic_t<E>*>(leaf.gradient);
        if constexpr (Plan::raw_norms == 0)
          usual &= Backend::largest(gradient, leaf.size) < infinity_bits<arithmetic_t<E>>;
        else squares = NormTree<Backend>::template sum_of<Square>(gradient, leaf.size);
      });
    if (!usual || !tells_all(squares)) [[unlikely]]  // which holds for finite numbers only
      return false;
    for_each_looking([&]<class Policy>(const Policy&, auto i) {
      if constexpr (HasSums<Policy>) {
        sweep_sums<true, i, Policy>(leaves, elements);
      } else if constexpr (Plan::template Received<i>::raw) {
        this->norms_[L::norm[i]] = {1, square_root(squares)};
      } else {
        Meter meter;
        sweep_received<true, i>(leaves, elements, meter);
        const std::optional<Norm> norm = meter.end();
        usual &= norm.has_value();
        this->norms_[L::norm[i]] = norm.value_or(Norm{});
      }
    });
    return usual;
  }

  /// The pass shared by all that look at the incoming gradient as it is. False if the step is to be skipped.
  template <class... T>
  bool look_at_gradient(std::span<const Leaf> leaves, Elements<T...> elements, Meter* meter) {
    std::optional<NonFinite> found;
    const auto look = [&](const auto* x, std::size_t size, std::size_t first, std::size_t l) {
      if constexpr (Plan::guarded)
        if (!found) found = first_non_finite(x, size, first, l);
      this->scalars_.template for_each<L::measuring>([&](const auto&, auto i) {
        if constexpr (Plan::template Received<i>::raw) meter[L::norm[i]].add(x, size);
      });
    };
    for_each_gradient_block<false>(leaves, elements, look);
    if (!found) return true;
    this->found(*found);
    return false;
  }

  /// f(policy, its number) for those that measure; the next one may need what follows from this.
  template <class F>
  void for_each_looking(F f) {
    this->scalars_.template for_each<L::looking>([&](const auto& policy, auto i) {
      f(policy, i);
      this->follow();
    });
  }

  template <class T>
  std::optional<NonFinite> first_non_finite(const T* x, std::size_t size, std::size_t first, std::size_t l) const {
    if (Backend::largest(x, size) < infinity_bits<T>) return {};
    const auto at = static_cast<std::size_t>(std::find_if_not(x, x + size, is_finite<T>) - x);
    const LeafSlots& leaf = this->state_.leaves[l];
    return NonFinite{leaf.name, (first + at) / leaf.element->reals, static_cast<double>(value_of_number(x[at])),
                     static_cast<std::int64_t>(this->state_.skipped[1]) + 1};
  }

  /// f(gradient, size, first, leaf) for every block of every leaf.
  template <bool InOnePiece, class... T, class F>
  void for_each_gradient_block(std::span<const Leaf> leaves, Elements<T...> elements, F f) {
    this->template for_each_typed<InOnePiece>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      constexpr Access only_gradient{
          .parameter = false, .write = false, .in_blocks = Plan::guarded, .in_one_piece = InOnePiece};
      for_each_block<only_gradient>(
          leaf, this->template streams<E>(l),
          [&](const auto& at, std::size_t size, std::size_t first) { f(at.gradient, size, first, l); });
    });
  }

  /// Feeds a meter with what policy I receives, recomputed.
  template <bool InOnePiece, std::size_t I, class... T>
  void sweep_received(std::span<const Leaf> leaves, Elements<T...> elements, Meter& meter) {
    using Chain = typename Plan::template Received<I>;
    if constexpr (Chain::raw) {
      for_each_gradient_block<InOnePiece>(
          leaves, elements, [&](const auto* x, std::size_t size, std::size_t, std::size_t) { meter.add(x, size); });
    } else {
      this->template for_each_typed<InOnePiece>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
        constexpr Access access{
            .parameter = Chain::reads_parameter, .write = false, .in_blocks = true, .in_one_piece = InOnePiece};
        const auto scalar = this->template scalars<E>(l, this->next_leaf(l));
        for_each_block<access>(leaf, this->template streams<E>(l), [&](auto at, std::size_t size, std::size_t first) {
          alignas(64) arithmetic_t<E> received[block_size];
          at.out = received;
          this->template sweep_at<E, Chain>(l, first, at, size, scalar.data());
          meter.add(received, size);
        });
      });
    }
  }

  /// The sums of policy I, over all leaves or each. A leaf without a gradient has none, and takes no part.
  template <bool InOnePiece, std::size_t I, class Policy, class... T>
  void sweep_sums(std::span<const Leaf> leaves, Elements<T...> elements) {
    using Chain = typename Plan::template Terms<I>;
    TermSums<Backend, Chain> sums;
    this->template for_each_typed<InOnePiece>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      constexpr Access access{.parameter = Chain::reads_parameter,
                              .write = false,
                              .in_blocks = Chain::drawn_count != 0,
                              .in_one_piece = InOnePiece};
      const auto sweep = [&] {
        const auto scalar = this->template scalars<E>(l, this->next_leaf(l));
        for_each_block<access>(leaf, this->template streams<E>(l),
                               [&](const auto& at, std::size_t size, std::size_t first) {
                                 this->template sweep_at<E, Chain>(l, first, at, size, scalar.data(), sums);
                               });
        if constexpr (per_leaf_of<Policy>) sums.end(this->template sums<I>(l));
      };
      if constexpr (SettlingPolicy<Policy>) {
        const auto info = this->info(l);
        gradus::settle(gradus::in_leaf(this->scalars_.policies.template get<I>(), info), this->template sums<I>(l),
                       sweep);
      } else {
        sweep();
      }
    });
    if constexpr (!per_leaf_of<Policy>) sums.end(this->template sums<I>(0));
  }
};

}  // namespace gradus::detail
