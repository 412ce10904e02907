// SPDX-License-Identifier: MIT
// The time of one step, beside a plain loop, intrinsics and bare memory traffic. All take turns on the same arrays.
#include "arrays.hpp"
#include "options.hpp"
#include "recipes/table.hpp"
#include "report.hpp"
#include "rivals.hpp"
#include "rounds.hpp"

#include <gradus/optimizer.hpp>

#include <CLI/CLI.hpp>

#include <cmath>
#include <concepts>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using Step = void (*)(rival::Optimizer&);

/// One optimizer by gradus and by its rivals.
template <class Optimizer>
struct Composition {
  std::string name;
  Optimizer optimizer;
  Step plain, plain_no_errno, intrinsics, prefetched, stream;
};

// One call each, like the rivals': nothing may be hoisted out of the loop that repeats it.
template <class Optimizer, class Theta, class G>
[[gnu::noinline]] void ascend(const Optimizer& optimizer, Theta theta, G gradient, gradus::State& state) {
  optimizer.ascend(theta, gradient, state);
}
template <class Bound>
[[gnu::noinline]] void ascend(Bound& bound) {
  bound.ascend();
}

/// The arrays that a composition and its rivals work on: those of one gradus run. How arrays are placed relative to
/// each other can cost or save everybody a factor of 4 in the first-level cache; `layout` chooses one of many.
template <class Optimizer>
class Run {
 public:
  explicit Run(const Composition<Optimizer>& composition, std::size_t size, std::size_t layout = 0)
      : composition_(composition), parameter_(size, layout * 13 % 64), gradient_(size, layout * 37 % 64) {
    bench::fill(parameter_.span(), 1), bench::fill(gradient_.span(), 2);
    state_ = composition.optimizer.init(parameter_.span());
  }

  void compete(std::size_t rounds, double seconds, std::vector<bench::Times>& times) {
    const auto& c = composition_;
    std::span<float> theta = parameter_.span();
    std::span<const float> gradient = gradient_.span();
    auto bound = c.optimizer.bind(theta, gradient, state_);
    rival::Optimizer plain = rival(), no_errno = plain, intrinsics = plain, prefetched = plain, stream = plain;
    const std::vector<bench::Contestant> all{
        {"plain", bench::timed([&] { c.plain(plain); })},
        {"no errno", bench::timed([&] { c.plain_no_errno(no_errno); })},
        {"intrinsics", bench::timed([&] { c.intrinsics(intrinsics); })},
        {"prefetched", bench::timed([&] { c.prefetched(prefetched); })},
        {"stream", bench::timed([&] { c.stream(stream); })},
        {"bound", bench::timed([&] { ascend(bound); })},
        {"ascend", bench::timed([&] { ascend(c.optimizer, theta, gradient, state_); })},
    };
    bench::compete(all, rounds, seconds, times);
  }

  /// The parameters after some steps by gradus, or by a rival.
  std::span<const float> after(int steps, Step by = nullptr) {
    rival::Optimizer hand = rival();
    for (int i = 0; i < steps; ++i)
      if (by != nullptr) by(hand);
      else composition_.optimizer.ascend(parameter_.span(), gradient_.span(), state_);
    return parameter_.span();
  }

 private:
  rival::Optimizer rival() {
    rival::Optimizer hand;
    hand.parameter = parameter_.span().data(), hand.gradient = gradient_.span().data();
    hand.size = parameter_.span().size();
    state_.visit([&](std::string_view, std::string_view slot, auto values) {
      if constexpr (std::same_as<decltype(values), std::span<float>>)
        (slot == "velocity" ? hand.velocity : hand.second) = values.data();
    });
    return hand;
  }

  const Composition<Optimizer>& composition_;
  bench::Array parameter_, gradient_;
  gradus::State state_;
};

/// Whether all rivals calculate what gradus calculates, up to rounding.
template <class Optimizer>
bool same_numbers(const Composition<Optimizer>& c) {
  constexpr int steps = 5;
  Run mine(c, 103);
  const auto expected = mine.after(steps);
  bool same = true;
  for (const Step by : {c.plain, c.plain_no_errno, c.intrinsics, c.prefetched}) {
    Run theirs(c, expected.size());
    const auto found = theirs.after(steps, by);
    for (std::size_t i = 0; i < expected.size(); ++i) same &= std::abs(found[i] - expected[i]) < 1e-5f;
  }
  if (!same) std::fprintf(stderr, "%s: a rival calculates something else\n", c.name.c_str());
  return same;
}

template <class Optimizer>
void run(const Composition<Optimizer>& composition, const bench::Options& options, std::vector<bench::Row>& rows) {
  constexpr std::size_t k = 1024;
  if (composition.name.find(options.only) == std::string::npos) return;
  bench::print_head(composition.name);
  for (const std::size_t size :
       {std::size_t{2}, std::size_t{10}, std::size_t{100}, std::size_t{1000}, 16 * k, 256 * k, 4 * k * k, 64 * k * k}) {
    if (size > options.largest) break;
    bench::Row& row = rows.emplace_back(bench::Row{composition.name, size, gradus::cost<Optimizer>.bytes});
    const std::size_t layouts = size < k * k ? options.layouts : 1;
    for (std::size_t layout = 0; layout < layouts; ++layout)
      Run(composition, size, layout).compete(options.rounds * options.layouts / layouts, options.seconds, row.all);
    bench::print(row);
  }
}

#define RIVALS(step) \
  rival::plain::step, rival::plain_no_errno::step, rival::intrinsics::step, rival::prefetched::step, rival::stream::step

int measure(const bench::Options& options, const std::string& circumstances) {
  using namespace gradus;
  const rival::Optimizer values;
  const CorrectedMomentum mean{values.factor};
  const CorrectedAdaptive corrected{values.beta, values.epsilon};
  const LearningRate rate{values.rate};
  const Composition chain{
      "chain: Clip, Momentum, Nesterov, Adaptive, LearningRate, Warmup, Decay",
      Optimizer{Clip{values.clip}, Momentum{values.factor}, Nesterov{}, Adaptive{values.beta, values.epsilon}, rate,
                Warmup{values.warmup}, Decay{values.decay}},
      RIVALS(chain)};
  const Composition momentum{"momentum: Momentum, LearningRate", Optimizer{Momentum{values.factor}, rate},
                             RIVALS(momentum)};
  const Composition adam{"adam: CorrectedMomentum, CorrectedAdaptive, LearningRate", Optimizer{mean, corrected, rate},
                         RIVALS(adam)};
  const Composition clipped{"adam behind ClipNorm", Optimizer{ClipNorm{values.largest_norm}, mean, corrected, rate},
                            RIVALS(adam_clip_norm)};

  const auto all = [&](auto f) { return f(chain), f(momentum), f(adam), f(clipped); };
  bool same = true;
  all([&](const auto& c) { same &= same_numbers(c); });
  if (!same) return 1;

  std::printf(
      "%s\nMedian time of one step of float elements; the other columns are ratios to the best of plain,\n"
      "intrinsics and prefetched, medians over %zu layouts of %zu rounds with [quartiles]; ! is above the limit.\n"
      "GB/s are what bound steps move by their cost model, and share is how much that is of the bare streams.\n",
      circumstances.c_str(), options.layouts, options.rounds);
  std::vector<bench::Row> rows;
  all([&](const auto& c) { run(c, options, rows); });
  if (!options.json.empty()) bench::save(options.json, circumstances, rows);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  bench::Options options;
  bool recipes = false;
  CLI::App app{"The time of one gradus step beside its rivals"};
  app.add_option("--max-n", options.largest, "Largest number of elements")->capture_default_str();
  app.add_option("--layouts", options.layouts, "Ways to lay out arrays that fit a cache")->capture_default_str();
  app.add_option("--rounds", options.rounds, "Turns that every contestant takes per layout")->capture_default_str();
  app.add_option("--seconds", options.seconds, "Length of a turn, at least one step")->capture_default_str();
  app.add_option("--only", options.only, "Compositions or recipes whose name contains this");
  app.add_option("--json", options.json, "Also writes the numbers to this file");
  app.add_flag("--recipes", recipes, "Instead a row for every recipe");
  CLI11_PARSE(app, argc, argv);
  bench::pin();
  const std::string target(gradus::backend::name_of(gradus::backend::target()));
  const std::string circumstances =
      bench::circumstances(xsimd::default_arch::name() + (gradus::backend::Targets::any ? ", target " + target : ""));
  return recipes ? bench::measure_recipes(options, circumstances) : measure(options, circumstances);
}
