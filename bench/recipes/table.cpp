// SPDX-License-Identifier: MIT
#include "table.hpp"

#include "../report.hpp"
#include "run.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace bench {

namespace {

constexpr std::size_t in_memory = std::size_t{64} << 20, in_cache = std::size_t{16} << 10;
constexpr std::size_t memory_layouts = 3;  // at most: they take their time
constexpr double least_share = 0.95;       // of the limit, for a recipe of one sweep at so many elements

std::vector<Recipe> recipes(const std::string& only) {
  std::vector<Recipe> all;
  for (auto* family : {momentum_recipes, divisor_recipes, adam_recipes, sums_recipes, optax_recipes})
    for (Recipe& one : family())
      if (one.name.find(only) != std::string::npos) all.push_back(std::move(one));
  return all;
}

/// Whether two arrays hold the same numbers, but for the rounding of many steps.
bool near(std::span<const float> a, std::span<const float> b) {
  float largest = 0, apart = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a[i]));
    apart = std::max(apart, std::abs(a[i] - b[i]));
  }
  return apart <= 1e-4f * largest;
}

/// How far the parameters have come, so that a short way is compared as closely as a long one.
std::vector<float> way(Run& run) {
  std::vector<float> way(run.parameter.span().size());
  fill(way, Run::parameter_seed);
  std::transform(way.begin(), way.end(), run.parameter.span().begin(), way.begin(),
                 [](float before, float now) { return now - before; });
  return way;
}

/// Whether the plain loop calculates what gradus calculates. The gradient is the same in most steps, so that estimates
/// of a distance grow, and another in every fourth, so that signs change.
bool same_numbers(const Recipe& recipe) {
  constexpr std::size_t size = 103;
  const auto mine = recipe.run(size, 0), theirs = recipe.run(size, 0);
  hand::Run by_hand = theirs->by_hand();
  for (std::uint32_t step = 0; step < 60; ++step) {
    for (Run* run : {mine.get(), theirs.get()})
      fill(run->gradient.span(), Run::gradient_seed + (step % 4 == 3 ? step : 0));
    mine->step(), recipe.plain(by_hand);
  }
  bool same = near(way(*mine), way(*theirs));
  const auto expected = mine->slots(), found = theirs->slots();
  for (std::size_t s = 0; s < expected.size(); ++s) same &= near(expected[s], found[s]);
  if (!same) std::fprintf(stderr, "%s: the plain loop calculates something else\n", recipe.name.c_str());
  return same;
}

/// A recipe beside the bare reads and writes, in memory, and beside the plain loop, in a cache.
struct Measured {
  const Recipe& recipe;
  Row memory, cache;

  /// Of two ways to stream the faster: which it is depends on the arrays.
  const Times& limit() const {
    const Times &one = memory.of("stream"), &four = memory.of("stream by fours");
    return spread(one.seconds).median < spread(four.seconds).median ? one : four;
  }
  Spread share() const { return ratio(limit(), memory.of("bound")); }
  Spread quotient() const { return ratio(cache.of("bound"), cache.of("plain")); }
  bool misses() const { return recipe.sweeps == 1 && memory.size == in_memory && share().median < least_share; }
};

Measured measure(const Recipe& recipe, const Options& options) {
  Measured found{
      recipe, {recipe.name, std::min(in_memory, options.largest)}, {recipe.name, std::min(in_cache, options.largest)}};
  for (std::size_t layout = 0; layout < options.layouts; ++layout) {
    const auto run = recipe.run(found.cache.size, layout);
    hand::Run by_hand = run->by_hand();
    compete({{"plain", timed([&] { recipe.plain(by_hand); })}, {"bound", run->bound()}}, options.rounds,
            options.seconds, found.cache.all);
  }
  for (std::size_t layout = 0; layout < std::min(memory_layouts, options.layouts); ++layout) {
    const auto run = recipe.run(found.memory.size, layout);
    compete({{"stream", run->stream()}, {"stream by fours", run->stream_by_fours()}, {"bound", run->bound()}},
            options.rounds, options.seconds, found.memory.all);
  }
  return found;
}

std::string quartiles(const Spread& x, const char* mark = "") {
  char text[40];
  std::snprintf(text, sizeof text, "%.2f [%.2f, %.2f]%s", x.median, x.low, x.high, mark);
  return text;
}

void print_head(const Options& options) {
  std::printf(
      "Every recipe at its defaults, on floats; sweeps over memory, slots and bytes per element and step by its plan.\n"
      "At %zu elements: the share of the limit that memory sets, which is the time of the same reads and writes\n"
      "without arithmetic (the faster of two loops) by that of a bound step; ! is below %.2f in one sweep.\n"
      "At %zu elements: the time of a bound step by that of the plain loop, built with -fno-math-errno.\n"
      "Medians of %zu and %zu rounds with [quartiles].\n\n"
      "%-26s %6s %5s %5s %9s  %-20s %9s  %-20s\n",
      std::min(in_memory, options.largest), least_share, std::min(in_cache, options.largest),
      std::min(memory_layouts, options.layouts) * options.rounds, options.layouts * options.rounds, "recipe", "sweeps",
      "slots", "bytes", "in memory", "share of the limit", "in cache", "by the plain loop");
}

void print(const Measured& found) {
  const Recipe& recipe = found.recipe;
  const auto time = [](const Row& row) { return duration(spread(row.of("bound").seconds).median); };
  std::printf("%-26s %6zu %5zu %5zu %9s  %-20s %9s  %-20s\n", recipe.name.c_str(), recipe.sweeps, recipe.slots,
              recipe.bytes(), time(found.memory).c_str(), quartiles(found.share(), found.misses() ? " !" : "").c_str(),
              time(found.cache).c_str(), quartiles(found.quotient()).c_str());
  std::fflush(stdout);
}

/// A row as JSON: what its plan says; median seconds per step, and quotients as [quartile, median, quartile].
nlohmann::ordered_json json_of(const Measured& found) {
  const auto part = [](const Row& row, const char* name, const Spread& x) {
    nlohmann::ordered_json json{{"elements", row.size}};
    for (const Times& one : row.all) json[one.name] = spread(one.seconds).median;
    json[name] = {x.low, x.median, x.high};
    return json;
  };
  const Recipe& recipe = found.recipe;
  return {{"recipe", recipe.name},
          {"sweeps", recipe.sweeps},
          {"slots", recipe.slots},
          {"reads", recipe.reads},
          {"writes", recipe.writes},
          {"memory", part(found.memory, "share of the limit", found.share())},
          {"cache", part(found.cache, "by the plain loop", found.quotient())}};
}

}  // namespace

int measure_recipes(const Options& options, const std::string& circumstances) {
  const std::vector<Recipe> all = recipes(options.only);
  bool same = true;
  for (const Recipe& recipe : all) same &= same_numbers(recipe);
  if (!same) return 1;

  nlohmann::ordered_json json{{"circumstances", circumstances}, {"rows", nlohmann::json::array()}};
  std::printf("%s\n", circumstances.c_str());
  print_head(options);
  for (const Recipe& recipe : all) {
    const Measured found = measure(recipe, options);
    print(found);
    json["rows"].push_back(json_of(found));
  }
  if (!options.json.empty()) std::ofstream(options.json) << json.dump(2) << "\n";
  return 0;
}

}  // namespace bench
