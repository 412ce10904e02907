// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sums.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/device/norm.hpp>
#include <gradus/plan/plan.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>

namespace gradus::detail {

/// The reductions that a composition needs from its read-only passes on a device, in order.
template <class... P>
struct DeviceAsks {
  using Plan = detail::Plan<P...>;
  using L = Layout<P...>;
  using Policies = Pack<P...>;
  using Reduction = backend::Reduction;

  static constexpr std::size_t raw_norms = Plan::raw_norms;
  /// Passes over something else.
  static constexpr std::size_t own_passes = Plan::read_passes - Plan::shared_reads + (L::emits != 0);
  /// Reductions of one pass, at most: three for a norm of doubles.
  static constexpr std::size_t most =
      std::max({std::size_t{Plan::guarded} + (raw_norms + 1) * 3, std::size_t{3}, L::sums, L::emits});

  template <std::size_t I>
  static double order(const Policies& policies) {
    const double order = policies.template get<I>().norm_order();
    DeviceNorm::check(order);
    return order;
  }

  /// Those of all norms.
  static std::array<double, L::norms + 1> orders(const Policies& policies) {
    std::array<double, L::norms + 1> all{};
    repeat<L::measuring.size()>([&](auto m) {
      constexpr std::size_t i = L::measuring[m];
      all[L::norm[i]] = order<i>(policies);
    });
    return all;
  }

  /// The first reduction of norm k of the incoming gradient.
  template <class E>
  static constexpr std::size_t at_norm(std::size_t k) {
    return std::size_t{Plan::guarded} + k * DeviceNorm::reductions<E>;
  }
  /// f(policy's number, norm's number) for the norms of the incoming gradient.
  template <class F>
  static void for_each_raw_norm(F f) {
    std::size_t k = 0;
    repeat<L::measuring.size()>([&](auto m) {
      constexpr std::size_t i = L::measuring[m];
      if constexpr (Plan::template Received<i>::raw) f(std::integral_constant<std::size_t, i>{}, k++);
    });
  }

  /// Guards and norms of the incoming gradient, and that of a report.
  template <bool Report>
  struct Incoming {
    using Chain = typename Plan::Incoming;
    static constexpr bool by_leaf = false;
    template <class E>
    static constexpr std::size_t count = at_norm<E>(raw_norms + Report);
    template <class E>
    static void fill(const Policies& policies, Reduction* how) {
      if constexpr (Plan::guarded) how[0] = {Reduction::non_finite, 1};
      for_each_raw_norm(
          [&](auto i, std::size_t k) { DeviceNorm{order<i>(policies)}.template ask<E>(how + at_norm<E>(k)); });
      if constexpr (Report) DeviceNorm{}.template ask<E>(how + at_norm<E>(raw_norms));
    }
  };

  /// The norm of what policy I receives.
  template <std::size_t I>
  struct OfNorm {
    using Chain = typename Plan::template Received<I>;
    static constexpr bool by_leaf = false;
    template <class E>
    static constexpr std::size_t count = DeviceNorm::reductions<E>;
    template <class E>
    static void fill(const Policies& policies, Reduction* how) {
      DeviceNorm{order<I>(policies)}.template ask<E>(how);
    }
  };

  template <class C, bool ByLeaf>
  struct OfProducts {
    using Chain = C;
    static constexpr bool by_leaf = ByLeaf;
    template <class E>
    static constexpr std::size_t count = C::measured.count / 2;
    template <class E>
    static void fill(const Policies&, Reduction* how) {
      std::fill_n(how, count<E>, Reduction{Reduction::products, 1});
    }
  };
  /// The sums of policy I.
  template <std::size_t I>
  using OfSums = OfProducts<typename Plan::template Terms<I>, per_leaf_of<typename L::template policy<I>>>;
  /// What the pass that writes would emit.
  using OfEmitted = OfProducts<typename Plan::Emitted, false>;
};

}  // namespace gradus::detail
