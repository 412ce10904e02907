// SPDX-License-Identifier: MIT
// The time of a step by gradus at plain -O2, by plain loops at three sets of flags and by other libraries, on the same
// arrays in turns. Results go to a file, which bench/libraries/compare.py puts into a table with those of Python's.
#include "arrays.hpp"
#include "libraries.hpp"
#include "options.hpp"
#include "report.hpp"

#include <gradus/backend/processor.hpp>

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace {

using libraries::Problem;
using libraries::Rule;

constexpr std::pair<Rule, const char*> rules[]{
    {Rule::momentum, "momentum SGD"}, {Rule::adam, "Adam"}, {Rule::adam_clip_norm, "Adam, clipped norm"}};

using Step = void (*)(rival::Optimizer&);

// The loops of rivals.hpp.
template <Step momentum, Step adam, Step adam_clip_norm>
bench::Stopwatch loops(Rule rule, Problem x) {
  const Step step = rule == Rule::momentum ? momentum : rule == Rule::adam ? adam : adam_clip_norm;
  return bench::timed([=]() mutable { step(x); });
}

struct Library {
  const char* name;
  bench::Stopwatch (*make)(Rule, Problem);
};

constexpr std::size_t sizes[]{2, 10, 100, 1000, 16 << 10, 256 << 10, 4 << 20, 64 << 20};

constexpr Library all[]{
    {"plain loop, -O2", loops<rival::plain_o2::momentum, rival::plain_o2::adam, rival::plain_o2::adam_clip_norm>},
    {"plain loop, -O3 -march=native", loops<rival::plain::momentum, rival::plain::adam, rival::plain::adam_clip_norm>},
    {"plain loop, -Ofast -march=native",
     loops<rival::plain_fast::momentum, rival::plain_fast::adam, rival::plain_fast::adam_clip_norm>},
    {"intrinsics", loops<rival::intrinsics::momentum, rival::intrinsics::adam, rival::intrinsics::adam_clip_norm>},
    {"Eigen", libraries::eigen},
    {"xtensor", libraries::xtensor},
    {"Armadillo", libraries::armadillo},
#ifdef BENCH_TORCH
    {"libtorch", libraries::libtorch},
#endif
#ifdef BENCH_ENSMALLEN
    {"ensmallen", libraries::ensmallen},
#endif
    {"streams", loops<rival::stream::momentum, rival::stream::adam, rival::stream::adam_clip_norm>},
};

/// The arrays that all work on. How they lie to each other can cost a factor of 4 in the first cache; `layout` chooses
/// one of many ways.
class Arrays {
 public:
  explicit Arrays(std::size_t size, std::size_t layout = 0)
      : parameter_(size, layout * 13 % 64), gradient_(size, layout * 37 % 64) {
    bench::fill(parameter_.span(), 1), bench::fill(gradient_.span(), 2);
    problem.parameter = parameter_.span().data(), problem.gradient = gradient_.span().data(), problem.size = size;
  }
  std::span<const float> parameter() { return parameter_.span(); }

  Problem problem;

 private:
  bench::Array parameter_, gradient_;
};

/// Whether all of them go where gradus goes, but for rounding.
bool same_numbers(Rule rule, const char* name) {
  constexpr std::size_t size = 103, steps = 5;
  Arrays expected(size);
  libraries::gradus(rule, expected.problem)(steps);
  bool same = true;
  for (const Library& library : all) {
    Arrays found(size);
    const auto slots = libraries::gradus(rule, found.problem);
    const auto watch = library.make(rule, found.problem);
    if (!watch || library.name == std::string("streams")) continue;
    watch(steps);
    double apart = 0;
    for (std::size_t i = 0; i < size; ++i)
      apart = std::max(apart, std::abs(double(found.parameter()[i]) - double(expected.parameter()[i])));
    if (apart < 1e-5) continue;
    std::fprintf(stderr, "%s of %s goes elsewhere, %g away\n", name, library.name, apart);
    same = false;
  }
  return same;
}

/// The times of everybody at one size, those of gradus first.
std::vector<bench::Times> measure(Rule rule, std::size_t size, const bench::Options& options) {
  std::vector<bench::Times> times;
  const std::size_t layouts = size < std::size_t{1} << 20 ? options.layouts : 1;
  for (std::size_t layout = 0; layout < layouts; ++layout) {
    Arrays arrays(size, layout);
    std::vector<bench::Contestant> contestants{{"gradus", libraries::gradus(rule, arrays.problem)}};
    for (const Library& library : all)
      if (auto watch = library.make(rule, arrays.problem)) contestants.push_back({library.name, std::move(watch)});
    bench::compete(contestants, (options.rounds + layouts - 1) / layouts, options.seconds, times);
  }
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  bench::Options options;
  options.rounds = 21;
  CLI::App app{"The time of a step beside that of other libraries"};
  app.add_option("--max-n", options.largest, "Largest number of elements")->capture_default_str();
  app.add_option("--rounds", options.rounds, "Turns that everybody takes, on seven layouts where they fit a cache")
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Length of a turn, at least one step")->capture_default_str();
  app.add_option("--json", options.json, "Where the results go")->required();
  CLI11_PARSE(app, argc, argv);

  bench::pin();
  nlohmann::ordered_json json{
      {"circumstances", bench::circumstances(std::string(gradus::backend::name_of(gradus::backend::target())))},
      {"rows", nlohmann::json::array()}};
  for (const auto& [rule, name] : rules)
    if (!same_numbers(rule, name)) return 1;
  for (const auto& [rule, name] : rules) {
    for (const std::size_t size : sizes) {
      if (size > options.largest) break;
      std::printf("%s, %zu elements\n", name, size);
      std::fflush(stdout);
      const auto times = measure(rule, size, options);
      for (const bench::Times& one : times) {
        const bench::Spread ratio = bench::ratio(one, times[0]);
        json["rows"].push_back({{"rule", name},
                                {"elements", size},
                                {"by", one.name},
                                {"seconds", bench::spread(one.seconds).median},
                                {"ratio", {ratio.low, ratio.median, ratio.high}}});
      }
    }
  }
  std::ofstream(options.json) << json.dump(1) << "\n";
}
