// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#if defined(__linux__)
#include <time.h>
#endif

/// Timing of contestants that take turns, so that what else the machine does hits all of them alike.
namespace bench {

/// Seconds that `count` steps take.
using Stopwatch = std::function<double(std::int64_t count)>;

/// Seconds from some moment on. Where the system tells, only those in which this process ran: a turn that another
/// process interrupts is no slower.
inline double now() {
#if defined(__linux__)
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
#else
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

/// The stopwatch of a step. One step goes ahead, so that the contestant before leaves no trace.
template <class Step>
Stopwatch timed(Step step) {
  return [step](std::int64_t count) mutable {
    step();
    const double begin = now();
    for (std::int64_t i = 0; i < count; ++i) {
      step();
#if defined(__GNUC__)
      asm volatile("" ::: "memory");  // every step is taken as if the arrays had changed
#endif
    }
    return now() - begin;
  };
}

struct Contestant {
  std::string name;
  Stopwatch watch;
  std::vector<double> seconds{};  ///< per step, one entry a round
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
inline Spread ratio(const Contestant& a, const Contestant& b) {
  std::vector<double> x;
  for (std::size_t i = 0; i < a.seconds.size(); ++i) x.push_back(a.seconds[i] / b.seconds[i]);
  return spread(x);
}

/// Lets all take turns `rounds` times, each turn about `seconds` long; every round begins with another contestant.
inline void compete(std::vector<Contestant>& contestants, std::size_t rounds, double seconds) {
  std::vector<std::int64_t> count;
  for (auto& one : contestants) {
    std::int64_t steps = 1;
    double taken = one.watch(steps);
    while (taken < seconds / 8) taken = one.watch(steps *= 2);
    count.push_back(std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(steps) * seconds / taken)));
    one.seconds.clear();
  }
  for (std::size_t round = 0; round < rounds; ++round)
    for (std::size_t turn = 0; turn < contestants.size(); ++turn) {
      const std::size_t who = (round + turn) % contestants.size();
      contestants[who].seconds.push_back(contestants[who].watch(count[who]) / static_cast<double>(count[who]));
    }
}

}  // namespace bench
