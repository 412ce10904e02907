// refused: a callable yields whole gradients on the host
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(std::vector<double>& table, const std::vector<std::size_t>& rows, const std::vector<double>& values,
          gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(table, gradus::lazy_rows(table, rows, values), state);
#else
  optimizer.ascend(table, [&](std::string_view, const auto&) { return gradus::lazy_rows(table, rows, values); }, state);
#endif
}
