// refused: the policy of this hyper-parameter does not stand exactly once in the optimizer
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
constexpr auto member = &gradus::LearningRate::rate;
#else
constexpr auto member = &gradus::Warmup::steps;
#endif

gradus::Optimizer optimizer{gradus::follow<member>([](std::int64_t t) { return t; }, gradus::recipe::adam())};
