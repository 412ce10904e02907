// SPDX-License-Identifier: MIT
#include "libraries.hpp"

#include <gradus/optimizer.hpp>

#include <concepts>
#include <memory>
#include <span>
#include <string_view>

namespace libraries {

namespace {

template <class Optimizer>
bench::Stopwatch bound(const Optimizer& optimizer, Problem& problem) {
  using Theta = std::span<float>;
  using Gradient = std::span<const float>;
  struct Run {
    Optimizer optimizer;
    ::gradus::State state;
    Theta theta;
    Gradient gradient;
    decltype(optimizer.bind(theta, gradient, state)) bound = optimizer.bind(theta, gradient, state);
  };
  const Theta theta{problem.parameter, problem.size};
  const std::shared_ptr<Run> run(new Run{optimizer, optimizer.init(theta), theta, {problem.gradient, problem.size}});
  run->state.visit([&](std::string_view, std::string_view slot, auto values) {
    if constexpr (std::same_as<decltype(values), std::span<float>>)
      (slot == "velocity" ? problem.velocity : problem.second) = values.data();
  });
  return bench::timed([run] { run->bound.ascend(); });
}

}  // namespace

bench::Stopwatch gradus(Rule rule, Problem& problem) {
  using namespace ::gradus;
  const LearningRate rate{problem.rate};
  const CorrectedMomentum mean{problem.factor};
  const CorrectedAdaptive adaptive{problem.beta, problem.epsilon};
  switch (rule) {
    case Rule::momentum: return bound(Optimizer{Momentum{problem.factor}, rate}, problem);
    case Rule::adam: return bound(Optimizer{mean, adaptive, rate}, problem);
    default: return bound(Optimizer{ClipNorm{problem.largest_norm}, mean, adaptive, rate}, problem);
  }
}

}  // namespace libraries
