// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/memory.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/device/asks.hpp>
#include <gradus/device/run.hpp>
#include <gradus/device/set.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <limits>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace gradus::detail {

/// What all jobs of a state share.
template <class Set>
struct DeviceScene {
  Kept* state = nullptr;
  Set set;
  std::exception_ptr refused;  ///< what a job threw and nobody has caught yet
  std::atomic<bool> has_refused{false};
};

/// The host's part of one step on a device, called in the stream: computes what follows from the measurements, and what
/// the device is told. Its functions are called in order, by a thread of the device's library.
template <class Optimizer, class S, class Run, class... P>
struct DeviceJob {
  using Set = S;
  using Scene = DeviceScene<Set>;
  using Asks = DeviceAsks<P...>;
  using Plan = typename Run::Plan;
  using L = typename Run::L;
  using Control = backend::DeviceControl;
  using Draws = decltype(backend::device_draws<L>(std::declval<const Pack<P...>&>()));
  template <class E>
  using DeviceScalars = backend::DeviceScalars<arithmetic_t<E>, L::scalars, Draws>;

  Scene* scene = nullptr;
  std::optional<Optimizer> copy;
  const Optimizer* optimizer = nullptr;  ///< the copy, or, in a graph, the caller's
  double value = 0;                      ///< the objective's
  bool down = false;
  bool report = false;
  bool even = false;  ///< all leaves' clocks are equal
  std::atomic<bool> done{true};
  Memory said;                                    ///< goes to the device: control and scalars of every type,
  std::array<std::size_t, Set::types> said_at{};  ///< which begin here
  Memory measured;                                ///< comes from there
  Control::Mode mode = Control::rests;
  std::optional<Pack<P...>> policies;
  std::optional<Run> run;
  std::array<double, L::norms + 1> orders{};  ///< of norms, as they are measured
  double gradient_norm = 0, rate = 1;
  bool refused = false;       ///< a part threw: the others do nothing
  std::vector<char> open;     ///< which leaves' numbers have not settled,
  std::size_t unsettled = 0;  ///< and how many

  void begin() {
    refused = false;
    if (!state().clocks.go_on(even))
      refuse("the leaves' clocks differ, and were equal when a graph captured the step; capture it again");
    policies.emplace(optimizer->in_step(state().instant(value, down), typename Set::Types{}));
    run.emplace(*policies, state(), value, down);
    mode = scene->has_refused ? Control::rests : run->mode();
    say();
  }

  void took_incoming() {
    if constexpr (Plan::guarded) guard();
    if (mode == Control::steps) {
      Asks::for_each_raw_norm([&](auto i, std::size_t k) { run->template take_norm<i>(norm<i>(k)); });
      if (report) gradient_norm = norm_of(2, Asks::raw_norms).value();
    }
    say();
  }

  template <std::size_t I>
  void took_norm() {
    DeviceNorm found{order<I>()};
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>&, std::size_t t) {
      found.template add<typename R::Element>(result(t, false), 0);
    });
    run->template take_norm<I>(found.value());
    say();
  }

  template <std::size_t I>
  void took_sums() {
    constexpr bool by_leaf = per_leaf_of<typename L::template policy<I>>;
    constexpr std::size_t count = sum_count<typename L::template policy<I>>;
    if constexpr (!by_leaf) std::fill_n(run->template sums<I>(0), count, 0.0);
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      const DeviceResult all = result(t, by_leaf);
      for (std::size_t k = 0; k < count; ++k) {
        if constexpr (by_leaf)
          for (const R& row : leaves.rows()) run->template sums<I>(row.number)[k] = all.sum(k, row.begin[1], row.size);
        else run->template sums<I>(0)[k] += all.sum(k);
      }
    });
    run->follow();
    say();
  }

  /// The numbers of policy I before its first sums.
  template <std::size_t I>
  void begin_to_settle() {
    open.assign(state().leaves.size(), mode == Control::steps);
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t) {
      for (const R& row : leaves.rows())
        std::fill_n(run->template sums<I>(row.number), sum_room<typename L::template policy<I>>, 0.0);
    });
    say();
  }
  /// Takes in sums of policy I, for the leaves whose numbers have not settled.
  template <std::size_t I>
  void settle_some() {
    constexpr std::size_t count = sum_count<typename L::template policy<I>>;
    unsettled = 0;
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      const DeviceResult all = result(t, true);
      for (const R& row : leaves.rows()) {
        if (!open[row.number]) continue;
        double* sum = run->template sums<I>(row.number);
        for (std::size_t k = 0; k < count; ++k) sum[k] = all.sum(k, row.begin[1], row.size);
        const auto info = run->info(row.number);
        open[row.number] = !gradus::in_leaf(policies->template get<I>(), info).settle(sum, sum + count);
        unsettled += open[row.number] != 0;
      }
    });
    run->follow();
    say();
  }

  void took_emitted() {
    std::fill_n(run->emitted(), L::emits, 0.0);
    for (std::size_t t = 0; t < Set::types; ++t)
      for (std::size_t k = 0; k < L::emits; ++k) run->emitted()[k] += result(t, false).sum(k);
  }

  void end() {
    if (mode == Control::steps) {
      run->check_value();
      say();
      rate = run->rate();
      run->commit(even, [&](auto f) {
        scene->set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t) {
          for (const R& row : leaves.rows()) f(row.number);
        });
      });
    } else if (mode == Control::gathers) {
      run->commit_gathered();
    }
  }

  /// The measurements of a type.
  DeviceResult result(std::size_t type, bool by_leaf) {
    return scene->set.result(reinterpret_cast<const double*>(measured.data()), Asks::most, type, by_leaf);
  }

  /// Keeps what a part of the job threw for the next call that looks at the state; until then all steps rest.
  void refuse_later() noexcept {
    if (!scene->refused) scene->refused = std::current_exception();
    refused = scene->has_refused = true, mode = Control::rests, unsettled = 0;
    for (const std::size_t at : said_at) *reinterpret_cast<Control*>(said.data() + at) = {};
  }

 private:
  Kept& state() { return *scene->state; }

  // Norm k of the incoming gradient.
  Norm norm_of(double order, std::size_t k) {
    DeviceNorm norm{order};
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>&, std::size_t t) {
      using E = typename R::Element;
      norm.template add<E>(result(t, false), Asks::template at_norm<E>(k));
    });
    return norm.value();
  }
  template <std::size_t I>
  Norm norm(std::size_t k) {
    return norm_of(order<I>(), k);
  }
  // The order of a norm, refused if it is not the one that was measured.
  template <std::size_t I>
  double order() const {
    const double now = Asks::template order<I>(*policies), asked = orders[L::norm[I]];
    if (now != asked)
      refuse({"the order of a norm is ", now, ", and the device measured the one of order ", asked,
              "; on a device it cannot follow a schedule, nor change once a graph is captured"});
    return now;
  }

  // Writes the mode, and the scalars as far as they are known by now.
  void say() {
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      using E = typename R::Element;
      std::byte* to = said.data() + said_at[t];
      const std::uint32_t stride = even ? 0 : L::scalars;
      *reinterpret_cast<Control*>(to) = {mode, stride, run->count()};
      to += sizeof(Control);
      if constexpr (L::draws != 0) new (to) Draws(backend::device_draws<L>(*policies));
      auto* scalar = reinterpret_cast<arithmetic_t<E>*>(to + DeviceScalars<E>::draws_room);
      for (const R& row : leaves.rows()) {
        const auto mine = run->template scalars<E>(even ? 0 : row.number);
        std::copy_n(mine.begin(), L::scalars, scalar + std::size_t{row.number} * stride);
        if (even) break;
      }
    });
  }

  // Tells the guards of the first element that is not finite, in the order of the leaves.
  void guard() {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double values[]{std::numeric_limits<double>::quiet_NaN(), infinity, -infinity};
    std::optional<NonFinite> first;
    std::uint32_t of = 0;
    scene->set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      const auto key = std::bit_cast<std::uint64_t>(result(t, false).extreme(0, {backend::Reduction::non_finite}));
      if (key == ~std::uint64_t{0}) return;
      const auto row = std::prev(std::partition_point(leaves.rows().begin(), leaves.rows().end(),
                                                      [&](const R& r) { return r.begin[0] <= key / 4; }));
      if (first && of < row->number) return;
      of = row->number;
      first = {state().leaves[of].name, static_cast<std::size_t>(key / 4) - row->begin[0], values[key % 4],
               static_cast<std::int64_t>(state().skipped[1]) + 1};
    });
    if (!first) return;
    mode = Control::rests;
    run->found(*first);
  }
};

}  // namespace gradus::detail
