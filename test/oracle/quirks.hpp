// SPDX-License-Identifier: MIT
#pragma once

#include "deviation.hpp"
#include "seed.hpp"
#include "torch.hpp"

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace oracle {

/// A recorded number, which is a word where it is not finite.
inline double number(const Json& recorded) {
  return recorded.is_string() ? std::strtod(recorded.get<std::string>().c_str(), nullptr) : recorded.get<double>();
}

/// Numbers that grow without bound: compared relative to themselves, infinities and NaN exactly.
inline void compare_unbounded(Deviation& deviation, double ours, double recorded, const std::string& where) {
  if (std::isfinite(ours) && std::isfinite(recorded)) {
    // The gradient of the look-ahead's noise grows as the noise does: 170 roundings.
    deviation.compare(ours, recorded, 2e-5 * std::abs(recorded), where);
  } else {
    const bool same = std::isnan(recorded) ? std::isnan(ours) : ours == recorded;
    deviation.compare(same ? 0 : 1, 0, 0.5, where);
  }
}

/// A run that overflows: compares the parameters and both slots in every step.
template <class T>
Deviation replay_nonfinite(const Json& record) {
  auto theta = converted<T>(initial_values(record));
  const auto h = seed_settings(record);
  const auto chain =
      climb(gradus::Optimizer{SeedNesterov{h.momentum}, SquareFirst{h.beta, h.eps}, gradus::LearningRate{h.lr}}, theta);
  Deviation deviation;
  for (std::size_t k = 0; k < record.at("steps"); ++k) {
    chain->step(theta, read_gradients<T>(record.at("gradients").at(k)));
    const auto compare = [&](const auto& ours, const Json& recorded, const std::string& name) {
      for (std::size_t i = 0; i < recorded.size(); ++i)
        compare_unbounded(deviation, static_cast<double>(ours[i]), number(recorded.at(i)),
                          name + " of step " + std::to_string(k + 1));
    };
    compare(theta[0], record.at("parameters").at(k).at(0), "the parameter");
    compare(chain->slot("velocity", 0), record.at("v").at(k), "v");
    compare(chain->slot("second", 0), record.at("m").at(k), "m");
  }
  return deviation;
}

/// The lines that the seed prints: for every tensor the step, the rate after its decay, and the tensor's norm; an
/// exception's text for a tensor without a gradient.
template <class T>
Deviation replay_log(const Json& record) {
  auto theta = converted<T>(initial_values(record));
  SeedLoop<T> loop(seed_settings(record), theta);
  Deviation deviation;
  std::size_t line = 0;
  const std::size_t interval = record.at("hyperparameters").at("logging_interval");
  for (std::size_t k = 0; k < record.at("steps"); ++k) {
    loop.step(theta, read_gradients<T>(record.at("gradients").at(k)));
    for (std::size_t l = 0; l < theta.size(); ++l)
      deviation.compare_all(theta[l], record.at("parameters").at(k).at(l).get<std::vector<double>>(), 2e-6,
                            common_scale({theta[l].begin(), theta[l].end()}), "step " + std::to_string(k + 1));
    if ((k + 1) % interval != 0) continue;
    for (const auto& report : loop.reports()) {
      const std::string printed = record.at("stdout").at(line++);
      if (!report) {
        deviation.compare(printed.starts_with("Exception"), 1, 0.5, printed);
        continue;
      }
      double step = 0, rate = 0, norm = 0;
      if (std::sscanf(printed.c_str(), "Step: %lf, Learning Rate: %lf, Gradient Norm: %lf", &step, &rate, &norm) != 3)
        throw std::runtime_error("no line of the log: " + printed);
      deviation.compare(static_cast<double>(k + 1), step, 0.5, printed);
      deviation.compare(report->rate, rate, 1e-12 * rate, printed);
      deviation.compare(report->gradient_norm, norm, 2e-6 * norm, printed);
    }
  }
  if (line != record.at("stdout").size()) throw std::runtime_error("the seed printed more lines");
  return deviation;
}

}  // namespace oracle
