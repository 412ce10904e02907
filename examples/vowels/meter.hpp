// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/gradus.hpp>

#include <boost/timer/progress_display.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <optional>

namespace vowels {

/// Shows how far the climb is: a bar on a terminal; elsewhere, where a bar would be noise, ten lines.
class Meter {
 public:
  explicit Meter(std::int64_t steps) : steps_(steps) {
    if (isatty(STDOUT_FILENO)) bar_.emplace(static_cast<unsigned long>(steps), std::cout, "");
  }

  void operator()(const gradus::Progress& at) {
    if (bar_) *bar_ += static_cast<unsigned long>(at.steps) - bar_->count();
    else if (at.steps % std::max<std::int64_t>(steps_ / 10, 1) == 0)
      std::printf("  step %5lld  %.6f\n", static_cast<long long>(at.steps), at.value);
  }

 private:
  std::int64_t steps_;
  std::optional<boost::timer::progress_display> bar_;
};

}  // namespace vowels
