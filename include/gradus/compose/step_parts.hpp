// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/part.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/report.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/touch.hpp>
#include <gradus/step/kept.hpp>
#include <gradus/step/values.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

namespace gradus::detail {

/// What the states of the parts hold.
template <std::size_t Count>
using KeptParts = std::array<Kept*, Count>;

/// One step of all parts of a `Partition` over listed leaves, behind what stands in front of them.
template <class Backend, class Storage, bool Down, bool Touch, class Front, class Parts, class... T, class Observer,
          std::size_t... K>
void step_parts(const Front& front, const Parts& parts, std::span<const Leaf> leaves, Elements<T...> types, Kept& whole,
                const KeptParts<sizeof...(K)>& part, double value, const Observer& observer,
                std::index_sequence<K...>) {
  using Whole = run_of<Backend, Storage, typename Front::InStep>;
  using Runs = std::tuple<run_of<Backend, Storage, typename decltype(parts.template get<K>().optimizer)::InStep>...>;
  const auto& in_front = front.in_step(whole.instant(value, Down), types);
  const std::tuple<decltype(parts.template get<K>().optimizer.in_step({}, types))...> own{
      // references, if none follows a schedule
      parts.template get<K>().optimizer.in_step(part[K]->instant(value, Down), types)...};
  Whole look(in_front, whole, value, Down);
  Runs runs{std::tuple_element_t<K, Runs>(std::get<K>(own), *part[K], value, Down)...};
  const auto of = [&](std::size_t k) { return std::span<const Leaf>(part[k]->scratch.leaves); };

  (check_values_of_leaves(std::get<K>(own), part[K]->leaves, types), ...);
  (std::get<K>(runs).check(of(K)), ...);
  if (!look.look(leaves, types)) return;
  const auto told = look.numbers();
  (std::get<K>(runs).begin(of(K), types, told.data()), ...);

  // From here on nothing throws.
  Report all{whole.clocks.count() + 1};
  const bool wanted = Whole::reports(in_front, all.step, observer);
  const auto finish = [&]<class Run>(Run& run, std::size_t k) {
    constexpr auto by_block = &Run::template step_block<Down, T...>;
    if (wanted) run.finish(of(k), types, by_block, CollectReport{all, k == 0});
    else run.finish(of(k), types, by_block, NoObserver{});
  };
  (finish(std::get<K>(runs), K), ...);
  look.commit();
  if constexpr (Touch) touch_written(leaves, true);
  if (wanted) Whole::send(in_front, all, observer);
}

}  // namespace gradus::detail
