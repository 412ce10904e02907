// SPDX-License-Identifier: MIT
#pragma once

#include "rounds.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#ifndef BENCH_FLAGS
#define BENCH_FLAGS "-O3 -march=native"  // what bench/meson.build sets
#endif

namespace bench {

/// One composition at one size: the times of all contestants.
struct Row {
  std::string composition;
  std::size_t size;
  std::size_t bytes = 0;  ///< that a step moves per element
  std::vector<Times> all{};

  const Times& of(const std::string& name) const {
    return *std::find_if(all.begin(), all.end(), [&](const Times& one) { return one.name == name; });
  }
  /// What gradus is compared with: the fastest of the plain loop and the intrinsics.
  const Times& best() const {
    const Times* best = &of("plain");
    for (const char* name : {"intrinsics", "prefetched"})
      if (spread(of(name).seconds).median < spread(best->seconds).median) best = &of(name);
    return *best;
  }
  /// The largest ratio that passes; 0 if there is no limit.
  double limit() const { return size >= 1000 ? 1.05 : size == 2 ? 1.5 : 0; }
};

inline std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown CPU";
}

/// When, where and how these numbers were made.
inline std::string circumstances(const std::string& instructions) {
  char day[16];
  const std::time_t now = std::time(nullptr);
  std::strftime(day, sizeof day, "%Y-%m-%d", std::localtime(&now));
  return std::string(day) + ", " + cpu_name() + ", " + instructions + ", " +
#if defined(__clang__)
         "clang " __clang_version__
#else
         "g++ " __VERSION__
#endif
         ", " BENCH_FLAGS;
}

inline std::string duration(double seconds) {
  const double unit = seconds < 1e-6 ? 1e-9 : seconds < 1e-3 ? 1e-6 : 1e-3;
  char text[32];
  std::snprintf(text, sizeof text, "%.3g %s", seconds / unit, unit == 1e-9 ? "ns" : unit == 1e-6 ? "us" : "ms");
  return text;
}

/// A median with its quartiles.
inline std::string text(const Spread& x) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2f [%.2f, %.2f]", x.median, x.low, x.high);
  return text;
}

inline void print_head(const std::string& composition) {
  std::printf("\n%s\n%10s %6s %9s %9s %7s %9s %11s %11s   %-20s %-20s %5s %6s\n", composition.c_str(), "elements",
              "limit", "best", "stream", "plain", "no errno", "intrinsics", "prefetched", "bound", "ascend", "GB/s",
              "share");
}

inline void print(const Row& row) {
  const Times& best = row.best();
  const auto quotient = [&](const char* name) { return ratio(row.of(name), best).median; };
  const auto quartiles = [&](const char* name) {
    const Spread x = ratio(row.of(name), best);
    return text(x) + (row.limit() != 0 && x.median > row.limit() ? " !" : "");
  };
  char limit[16] = "";
  if (row.limit() != 0) std::snprintf(limit, sizeof limit, "%.2f", row.limit());
  std::printf("%10zu %6s %9s %9s %7.2f %9.2f %11.2f %11.2f   %-20s %-20s %5.1f %6.2f\n", row.size, limit,
              duration(spread(best.seconds).median).c_str(), duration(spread(row.of("stream").seconds).median).c_str(),
              quotient("plain"), quotient("no errno"), quotient("intrinsics"), quotient("prefetched"),
              quartiles("bound").c_str(), quartiles("ascend").c_str(),
              static_cast<double>(row.bytes * row.size) / spread(row.of("bound").seconds).median / 1e9,
              ratio(row.of("stream"), row.of("bound")).median);
  std::fflush(stdout);
}

/// The rows as JSON: median seconds per step, and ratios to the best rival as [quartile, median, quartile].
inline void save(const std::string& file, const std::string& circumstances, const std::vector<Row>& rows) {
  nlohmann::ordered_json json{{"circumstances", circumstances}, {"rows", nlohmann::json::array()}};
  for (const Row& row : rows) {
    nlohmann::ordered_json one{{"composition", row.composition}, {"elements", row.size}, {"best", row.best().name}};
    for (const Times& c : row.all) {
      const Spread x = ratio(c, row.best());
      one[c.name] = {{"seconds", spread(c.seconds).median}, {"ratio", {x.low, x.median, x.high}}};
    }
    json["rows"].push_back(std::move(one));
  }
  std::ofstream(file) << json.dump(2) << "\n";
}

}  // namespace bench
