// SPDX-License-Identifier: MIT
#pragma once

#include "run.hpp"
#include "sweep.hpp"

#include <gradus/optimizer.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

template <class Optimizer>
class TypedRun;

template <class... Part>
class TypedRun<gradus::Optimizer<Part...>> final : public Run {
  using Optimizer = gradus::Optimizer<Part...>;
  using Plan = typename gradus::detail::Composition<typename gradus::detail::Split<Part...>::in_step>::plan;

 public:
  static constexpr gradus::Cost cost = gradus::cost<Optimizer>;

  TypedRun(const Optimizer& optimizer, std::size_t size, std::size_t layout)
      : Run(size, layout),
        optimizer_(optimizer),
        state_(optimizer_.init(parameter.span())),
        bound_(optimizer_.bind(parameter.span(), gradient.span(), state_)) {}

  std::vector<std::span<float>> slots() override {
    std::vector<std::span<float>> all;
    state_.visit([&](std::string_view, std::string_view, auto values) {
      if constexpr (std::same_as<decltype(values), std::span<float>>) all.push_back(values);
    });
    return all;
  }

  void step() override { ascend(bound_); }

  Stopwatch bound() override {
    return timed([this] { ascend(bound_); });
  }

  Stopwatch stream() override { return stream_of<1>(); }
  Stopwatch stream_by_fours() override { return stream_of<4>(); }

 private:
  using Bound = decltype(std::declval<const Optimizer&>().bind(
      std::declval<std::span<float>>(), std::declval<std::span<float>>(), std::declval<gradus::State&>()));

  // One call, as the rivals' are: nothing may move out of the loop that repeats it.
  [[gnu::noinline]] static void ascend(Bound& bound) {
    if constexpr (Optimizer::asks_value) bound.ascend(gradus::Value{hand::value});
    else bound.ascend();
  }

  template <std::size_t AtOnce>
  Stopwatch stream_of() {
    std::array<float*, Sweep::most> all{parameter.span().data(), gradient.span().data()};
    std::size_t k = 2;
    for (const auto slot : slots()) all[k++] = slot.data();
    return timed([all, size = parameter.span().size()] {
      if constexpr (Plan::shared_reads != 0) bench::stream<AtOnce, 1, 0>(size, {all[1]}, {});
      Plan::for_each_own_pass([&]<class Chain>() { stream_sweep<Chain, AtOnce>(size, all); });
      stream_sweep<typename Plan::Update, AtOnce>(size, all);
    });
  }

  Optimizer optimizer_;
  gradus::State state_;
  Bound bound_;
};

template <class Optimizer>
Recipe recipe(std::string name, const Optimizer& optimizer, hand::Step* plain) {
  constexpr gradus::Cost cost = TypedRun<Optimizer>::cost;
  return {std::move(name),
          cost.passes,
          cost.slots,
          cost.reads,
          cost.writes,
          plain,
          [optimizer](std::size_t size, std::size_t layout) -> std::unique_ptr<Run> {
            return std::make_unique<TypedRun<Optimizer>>(optimizer, size, layout);
          }};
}

/// The recipe of this name, with its defaults, and the loop of this name.
#define BENCH_RECIPE(name) bench::recipe(#name, gradus::recipe::name(), hand::name)

}  // namespace bench
