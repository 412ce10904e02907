// refused: this schedule does not say what the hyper-parameter is
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using gradus::AggregatedMomentum, gradus::follow;

#ifdef TWIN
auto policy = follow<&AggregatedMomentum<2>::factors>([](std::int64_t t) { return std::array{0.0, 1 - 1.0 / (t + 1)}; });
#else
auto policy = follow<&AggregatedMomentum<2>::factors>([](std::int64_t t) { return 1 - 1.0 / (t + 1); });
#endif
