// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

/// What `step` measures gradus against: the same four optimizers, written by hand for one array of floats.
namespace rival {

/// An optimizer as written by somebody who needs just this one: its values, its state, and where its arrays are. All
/// contestants work on the same arrays.
struct Optimizer {
  double factor = 0.9, beta = 0.999, epsilon = 1e-8, rate = 1e-3, clip = 1, largest_norm = 1;
  double decay = 1 - 1e-9;  // so slow that no run ever reaches a denormal rate
  std::int64_t warmup = 100;

  std::int64_t steps = 0;
  double factor_power = 1, beta_power = 1, decay_power = 1;

  float* parameter = nullptr;
  const float* gradient = nullptr;
  float* velocity = nullptr;
  float* second = nullptr;
  std::size_t size = 0;

  /// The rate of the coming step, warm-up and decay included.
  double next_rate() {
    const double now = rate * decay_power * (steps + 1 < warmup ? double(steps + 1) / double(warmup) : 1);
    ++steps, decay_power *= decay;
    return now;
  }
  /// base^t from base^(t - 1), never denormal.
  static double next_power(double power, double base) { return power * base < 1e-300 ? 0 : power * base; }
};

/// Each takes one step. `chain` is clip, momentum, Nesterov, adaptive, rate, warm-up and decay.
#define RIVAL_STEPS                \
  void momentum(Optimizer&);       \
  void adam(Optimizer&);           \
  void adam_clip_norm(Optimizer&); \
  void chain(Optimizer&);

/// One loop with ordinary arithmetic, always at -O3 -march=native.
namespace plain {
RIVAL_STEPS
}
/// The same, with the compiler told that nobody reads `errno`, so that it may vectorize square roots.
namespace plain_no_errno {
RIVAL_STEPS
}
/// The first at -O2 alone, and at -Ofast -march=native; for bench/libraries.
namespace plain_o2 {
RIVAL_STEPS
}
namespace plain_fast {
RIVAL_STEPS
}
/// Intrinsics for the widest registers that the flags allow.
namespace intrinsics {
RIVAL_STEPS
}
/// The same, with prefetching.
namespace prefetched {
RIVAL_STEPS
}
/// No arithmetic: what the reads and writes of each cost alone.
namespace stream {
RIVAL_STEPS
}

#undef RIVAL_STEPS

}  // namespace rival
