// SPDX-License-Identifier: MIT
#include <gradus/backend/tbb.hpp>

#include "support/trajectories.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <limits>
#include <set>
#include <thread>
#include <vector>

using namespace gradus;
using backend::Simd;

namespace {

// So that a few blocks already use several threads.
using Threads = backend::TbbFrom<2 * detail::norm_block>;

constexpr std::size_t some_sizes[]{5,
                                   detail::norm_block,
                                   2 * detail::norm_block - 1,
                                   2 * detail::norm_block,
                                   2 * detail::norm_block + 1,
                                   9 * detail::norm_block + 7};

// Calls f(threads) for several numbers of threads.
template <class F>
void for_each_number_of_threads(F f) {
  for (const int threads : {1, 2, 3, 8}) {
    INFO("threads: ", threads);
    const tbb::global_control most(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena(threads).execute([&] { f(threads); });
  }
}

template <class T, class Optimizer>
void keeps_every_bit(const Optimizer& optimizer) {
  for (const std::size_t size : some_sizes) {
    INFO("size: ", size);
    const auto expected = support::trajectory<T>(optimizer, size, Simd{});
    for_each_number_of_threads([&](int) { CHECK(support::trajectory<T>(optimizer, size, Threads{}) == expected); });
  }
}

}  // namespace

TEST_SUITE_BEGIN("tbb");

TEST_CASE_TEMPLATE("no bit depends on the number of threads", T, float, double) {
  keeps_every_bit<T>(recipe::adamw());
  keeps_every_bit<T>(Optimizer{Clip{0.7}, Momentum{}, Nesterov{}, LearningRate{0.1}});
}

TEST_CASE_TEMPLATE("the bits of a norm of the gradient or the update do not depend on the number of threads", T, float,
                   double) {
  keeps_every_bit<T>(Optimizer{ClipNorm{3}, AveragedMomentum{}, LearningRate{0.1}});
  keeps_every_bit<T>(Optimizer{ClipNorm{3, 1, 1e-3}, Momentum{}, LearningRate{0.1}});
  keeps_every_bit<T>(Optimizer{Momentum{}, Adaptive{}, ClipNorm{0.5}, LearningRate{0.1}});
}

TEST_CASE_TEMPLATE("the bits of sums taken before or during the pass do not depend on the number of threads", T, float,
                   double) {
  keeps_every_bit<T>(Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, TrustRatio{}, LearningRate{0.1}});
  keeps_every_bit<T>(Optimizer{Normalize{}, Momentum{}, LearningRate{0.1}});
  keeps_every_bit<T>(recipe::prodigy());
  keeps_every_bit<T>(recipe::dadapt_adamw());
  keeps_every_bit<T>(Optimizer{LearningRate{0.1}, Ball{1}});
}

TEST_CASE_TEMPLATE("a NaN in any block is found, and the step is skipped", T, float, double) {
  const Optimizer optimizer{SkipNonFinite{}, LearningRate{0.1}, Threads{}};
  for (const std::size_t at : {std::size_t{0}, detail::norm_block + 3, 5 * detail::norm_block - 1}) {
    auto theta = support::parameters<T>(5 * detail::norm_block);
    auto gradient = support::gradient<T>(theta.size());
    gradient[at] = std::numeric_limits<T>::quiet_NaN();
    auto state = optimizer.init(theta);
    const auto before = theta;
    for_each_number_of_threads([&](int) { optimizer.ascend(theta, gradient, state); });
    CHECK(support::same_bits(theta, before));
    CHECK(state.step() == 0);
    CHECK(state.skipped() == 4);
  }
}

TEST_CASE("every block is taken once, and too few blocks for threads are taken by the caller") {
  for_each_number_of_threads([&](int threads) {
    std::vector<std::atomic<int>> taken(64);
    std::atomic<bool> elsewhere{false};
    const auto caller = std::this_thread::get_id();
    const auto take = [&](std::size_t k) { ++taken[k], elsewhere = elsewhere || std::this_thread::get_id() != caller; };
    Threads::each_block(1, take);
    CHECK_FALSE(elsewhere);
    --taken[0];
    Threads::each_block(taken.size(), take);
    for (const auto& times : taken) CHECK(times == 1);
    if (threads == 1) CHECK_FALSE(elsewhere);
  });
}

TEST_CASE("the backend can be named in the type, in the call, or when binding") {
  auto one = support::parameters<float>(3 * detail::norm_block), two = one, three = one;
  const auto gradient = support::gradient<float>(one.size());
  const Optimizer plain{recipe::adam()};
  const Optimizer named{recipe::adam(), Threads{}};
  auto state = plain.init(one), state_of_two = state, state_of_three = state;
  plain.descend(one, gradient, state);
  named.descend(two, gradient, state_of_two);
  plain.bind(three, gradient, state_of_three, Threads{}).descend();
  CHECK(support::same_bits(one, two));
  CHECK(support::same_bits(one, three));
  CHECK(state == state_of_two);
}
