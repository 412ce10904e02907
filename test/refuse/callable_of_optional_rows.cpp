// refused: a callable yields whole gradients on the host
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <optional>

void step(std::vector<double>& table, const std::vector<std::size_t>& rows, const std::vector<double>& values,
          gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const std::optional gradient = gradus::lazy_rows(table, rows, values);
#ifdef TWIN
  optimizer.ascend(table, gradient, state);
#else
  optimizer.ascend(table, [&](std::string_view, const auto&) { return gradient; }, state);
#endif
}
