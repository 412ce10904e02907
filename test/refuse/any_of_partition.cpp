// refused: a Partition is no AnyOptimizer
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <string_view>
#include <vector>

int main() {
  const gradus::Optimizer rate{gradus::LearningRate{}};
  const gradus::Partition partition{gradus::for_leaves([](std::string_view) { return true; }, rate)};
#ifdef TWIN
  const gradus::AnyOptimizer<std::vector<double>> any = rate;
#else
  const gradus::AnyOptimizer<std::vector<double>> any = partition;
#endif
}
