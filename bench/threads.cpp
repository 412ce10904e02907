// SPDX-License-Identifier: MIT
// The time of a step on oneTBB's threads, beside that on one thread, and beside bare memory traffic on as many threads.
// All take turns on the same arrays, by wall-clock time.
#include "arrays.hpp"
#include "options.hpp"
#include "report.hpp"
#include "rounds.hpp"
#include "streams.hpp"

#include <gradus/backend/tbb.hpp>
#include <gradus/optimizer.hpp>

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace {

template <class Bound>
[[gnu::noinline]] void ascend(Bound& bound) {
  bound.ascend();
}

// Reads and writes what the passes of a step do, in equal shares on all threads.
template <std::size_t Slots>
void stream(bool norm, std::span<float> p, std::span<const float> g, const std::array<float*, Slots>& slot) {
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  const auto share = [&](auto sweep) {
    tbb::parallel_for(
        std::size_t{0}, threads,
        [&](std::size_t k) {
          const std::size_t begin = p.size() * k / threads / 16 * 16;
          const std::size_t end = k + 1 == threads ? p.size() : p.size() * (k + 1) / threads / 16 * 16;
          sweep(begin, end - begin);
        },
        tbb::static_partitioner{});
  };
  if (norm) share([&](std::size_t at, std::size_t size) { bench::stream<1, 1, 0>(size, {g.data() + at}, {}); });
  share([&](std::size_t at, std::size_t size) {
    std::array<float*, Slots + 1> written{p.data() + at};
    for (std::size_t s = 0; s < Slots; ++s) written[s + 1] = slot[s] + at;
    bench::stream<1, 1, Slots + 1>(size, {g.data() + at}, written);
  });
}

template <class Optimizer>
void run(const char* name, const Optimizer& optimizer, const bench::Options& options) {
  constexpr gradus::Cost cost = gradus::cost<Optimizer>;
  if (std::string(name).find(options.only) == std::string::npos) return;
  std::printf("\n%s\n%10s %12s %20s %20s %7s\n", name, "elements", "one thread", "times as fast", "of the streams",
              "GB/s");
  constexpr std::size_t k = 1024;
  for (const std::size_t size :
       {std::size_t{2}, std::size_t{1000}, 16 * k, 64 * k, 128 * k, 256 * k, k * k, 4 * k * k, 64 * k * k}) {
    if (size > options.largest) break;
    bench::Array p(size, 0), g(size, 37);
    bench::fill(p.span(), 1), bench::fill(g.span(), 2);
    std::span<float> theta = p.span();
    const std::span<const float> gradient = g.span();
    gradus::State state = optimizer.init(theta);
    std::array<float*, cost.slots> slot;
    std::size_t found = 0;
    state.visit([&](std::string_view, std::string_view, auto values) {
      if constexpr (std::same_as<decltype(values), std::span<float>>)
        if (found < slot.size()) slot[found++] = values.data();
    });
    auto one = optimizer.bind(theta, gradient, state);
    auto all = optimizer.bind(theta, gradient, state, gradus::backend::Tbb{});
    std::vector<bench::Times> times;
    bench::compete({{"one", bench::timed<bench::wall>([&] { ascend(one); })},
                    {"tbb", bench::timed<bench::wall>([&] { ascend(all); })},
                    {"stream", bench::timed<bench::wall>([&] { stream(cost.passes > 1, theta, gradient, slot); })}},
                   options.rounds * options.layouts, options.seconds, times);
    const double seconds = bench::spread(times[1].seconds).median;
    std::printf("%10zu %12s %20s %20s %7.1f\n", size, bench::duration(bench::spread(times[0].seconds).median).c_str(),
                bench::text(bench::ratio(times[0], times[1])).c_str(),
                bench::text(bench::ratio(times[2], times[1])).c_str(),
                static_cast<double>(cost.bytes * size) / seconds / 1e9);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  bench::Options options;
  CLI::App app{"The time of a step on all threads beside that on one"};
  app.add_option("--max-n", options.largest, "Largest number of elements")->capture_default_str();
  app.add_option("--rounds", options.rounds, "Seventh part of the turns that every contestant takes")
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Length of a turn, at least one step")->capture_default_str();
  app.add_option("--only", options.only, "Compositions whose name contains this");
  CLI11_PARSE(app, argc, argv);
  std::printf(
      "%s, %d threads\nMedian time of one bound step of float elements on one thread, and how much less it takes with\n"
      "backend::Tbb; then how much of what bare streams move on as many threads; with [quartiles].\n",
      bench::circumstances(xsimd::default_arch::name()).c_str(), tbb::this_task_arena::max_concurrency());
  using namespace gradus;
  run("momentum: Momentum, LearningRate", Optimizer{Momentum{}, LearningRate{}}, options);
  run("chain: Clip, Momentum, Nesterov, Adaptive, LearningRate, Warmup, Decay",
      Optimizer{Clip{}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{1e-3}, Warmup{100}, Decay{1 - 1e-9}}, options);
  run("adam: CorrectedMomentum, CorrectedAdaptive, LearningRate",
      Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{1e-3}}, options);
  run("adam behind ClipNorm", Optimizer{ClipNorm{}, CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{1e-3}},
      options);
}
