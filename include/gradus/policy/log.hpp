// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/report.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <iostream>
#include <ostream>
#include <string_view>

namespace gradus {

/// Writes a step's report as a line to a stream: `Step: 10, rate: 0.01, gradient norm: 2.5`.
struct ToStream {
  std::ostream* out = &std::clog;

  void operator()(const Report& report) const {
    char line[192];  // written whole, so that threads do not mix their lines; on the stack
    char* end = line;
    const auto put = [&](std::string_view words) { end = std::copy(words.begin(), words.end(), end); };
    put("Step: "), put(detail::Digits(report.step).view());
    put(", rate: "), put(detail::Digits(report.rate).view());
    put(", gradient norm: "), put(detail::Digits(report.gradient_norm).view()), put("\n");
    out->write(line, end - line);
  }
};

namespace detail {

// The callback where none is given: a default-constructed `To`. A lambda with captures has none, which is refused only
// where one is asked for: the compiler instantiates this default for every `To`.
template <class To>
constexpr To somebody() {
  if constexpr (std::default_initializable<To>) return To{};
  else refuse("a Log calls nobody; give it what takes its reports: Log{10, callback}");
}

}  // namespace detail

/// Reports every so many steps: the step, the rate in force, and the norm of the incoming gradient.
///
/// Slots   none.
/// Order   anywhere; it changes nothing.
/// Cost    none on other steps. On a step that it reports, the norm is taken inside the pass, without another sweep.
/// Errors  `Refused` unless every is at least 1.
/// Source  `logging_interval` of the Python package `gradient-ascent`.
template <class To = ToStream>
struct Log {
  std::int64_t every = 10;
  To to = detail::somebody<To>();  ///< called with a `Report`

  static constexpr auto limits = Limits{Limit{"every", &Log::every, Range::from_one}};

  constexpr bool wants(std::int64_t step) const { return step % every == 0; }
  void report(const Report& report) const { to(report); }
};

Log() -> Log<>;
Log(std::int64_t) -> Log<>;
template <class To>
Log(std::int64_t, To) -> Log<To>;

}  // namespace gradus
