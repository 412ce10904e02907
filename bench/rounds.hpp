// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#include <time.h>
#endif

/// Timing of contestants that take turns, so that other load on the machine affects all of them alike.
namespace bench {

/// Seconds that so many steps take.
using Stopwatch = std::function<double(std::int64_t steps)>;

/// Keeps the process on its core, so that its caches stay warm.
inline void pin() {
#if defined(__linux__)
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &here);
  sched_setaffinity(0, sizeof here, &here);
#endif
}

/// Seconds since some moment.
inline double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The same, but where the system tells, only those in which this process ran: a turn is no slower if another process
/// interrupts it.
inline double now() {
#if defined(__linux__)
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
#else
  return wall();
#endif
}

/// The stopwatch of a step. One untimed step goes first, so that the contestant before leaves no trace.
template <double (*Clock)() = now, class Step>
Stopwatch timed(Step step) {
  return [step](std::int64_t steps) mutable {
    step();
    const double begin = Clock();
    for (std::int64_t i = 0; i < steps; ++i) {
      step();
#if defined(__GNUC__)
      asm volatile("" ::: "memory");  // every step is taken as if the arrays had changed
#endif
    }
    return Clock() - begin;
  };
}

struct Contestant {
  std::string name;
  Stopwatch watch;
};

/// Seconds per step of one contestant, one entry per round.
struct Times {
  std::string name;
  std::vector<double> seconds{};
};

/// Median and quartiles.
struct Spread {
  double low, median, high;
};

inline Spread spread(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  const auto at = [&](std::size_t quarter) { return x[(x.size() - 1) * quarter / 4]; };
  return {at(1), at(2), at(3)};
}

/// Spread of the quotients a / b of the same round.
inline Spread ratio(const Times& a, const Times& b) {
  std::vector<double> x;
  for (std::size_t i = 0; i < a.seconds.size(); ++i) x.push_back(a.seconds[i] / b.seconds[i]);
  return spread(x);
}

/// How many steps take about so many seconds.
inline std::int64_t steps_in(double seconds, const Stopwatch& watch) {
  std::int64_t steps = 1;
  double taken = watch(steps);
  while (taken < seconds / 8) taken = watch(steps *= 2);
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(steps) * seconds / taken));
}

/// Lets all take turns `rounds` times, each turn about `seconds` long, in an order drawn anew for every round, because
/// each contestant leaves traces. The times are appended to those of earlier rounds.
inline void compete(const std::vector<Contestant>& all, std::size_t rounds, double seconds, std::vector<Times>& times) {
  std::vector<std::int64_t> steps;
  for (const Contestant& one : all) steps.push_back(steps_in(seconds, one.watch));
  if (times.empty())
    for (const Contestant& one : all) times.push_back({one.name});
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::minstd_rand random(static_cast<unsigned>(times.front().seconds.size() + 1));
  for (std::size_t round = 0; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t who : order)
      times[who].seconds.push_back(all[who].watch(steps[who]) / static_cast<double>(steps[who]));
  }
}

}  // namespace bench
