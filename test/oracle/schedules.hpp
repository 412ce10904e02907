// SPDX-License-Identifier: MIT
#pragma once

#include "deviation.hpp"
#include "torch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace oracle {

/// The value of a hyper-parameter in a step counted from 1.
using Values = std::function<double(std::int64_t)>;

/// PyTorch's OneCycleLR: each part is a step shorter than its share.
inline gradus::Piecewise<4> one_cycle(const Json& h, double low, double high, double last) {
  const double steps = h.at("total_steps"), rise = h.at("pct_start").get<double>() * steps - 1;
  const auto shape = h.at("anneal_strategy") == "cos" ? gradus::Between::cosine : gradus::Between::line;
  if (!h.at("three_phase")) return {{gradus::Knot{0, low}, {rise, high}, {steps - 1, last}, {steps, last}}, shape};
  return {{gradus::Knot{0, low}, {rise, high}, {2 * rise, low}, {steps - 1, last}}, shape};
}

inline gradus::Cyclic cyclic(const Json& h, double from, double to) {
  const std::int64_t up = h.at("step_size_up");
  const Json& down = h.at("step_size_down");
  return {.low = from,
          .high = to,
          .up = up,
          .down = down.is_null() ? up : down.get<std::int64_t>(),
          .factor = h.at("mode") == "exp_range" ? h.at("gamma").get<double>() : 1,
          .per_round = h.at("mode") == "triangular2" ? 0.5 : 1};
}

inline Values rate_of(const Json& scheduler, double base);

/// base ((t + offset) / (1 + offset))^exponent
inline gradus::Power fading(double base, double exponent, std::int64_t offset) {
  return {base / std::pow(1 + offset, exponent), exponent, -offset};
}

/// PyTorch's SequentialLR from the scheduler with this index on, which starts after that many steps.
inline Values sequence(const Json& h, double base, std::size_t index = 0, std::int64_t begun = 0) {
  const Values now = rate_of(h.at("schedulers").at(index), base);
  if (index == h.at("milestones").size()) return now;
  const std::int64_t end = h.at("milestones").at(index);
  return gradus::Joined{now, end - begun, sequence(h, base, index + 1, end)};
}

/// PyTorch's SWALR, alone or after another scheduler.
inline Values swa(const Json& h, double base) {
  const auto to = [&](double from) {
    return gradus::Piecewise<2>{{gradus::Knot{0, from}, {h.at("anneal_epochs"), h.at("swa_lr")}},
                                h.at("anneal_strategy") == "cos" ? gradus::Between::cosine : gradus::Between::line};
  };
  if (!h.contains("first")) return to(base);
  const Values first = rate_of(h.at("first"), base);
  const std::int64_t steps = h.at("swa_start").get<std::int64_t>() + 1;
  return gradus::Joined{first, steps, to(first(steps + 1))};
}

/// The rate of a scheduler of PyTorch, in terms of the library's schedules.
inline Values rate_of(const Json& scheduler, double base) {
  const std::string name = scheduler.at("name");
  const Json& h = scheduler.at("hyperparameters");
  const auto value = [&](const char* of) { return h.at(of).get<double>(); };
  const auto count = [&](const char* of) { return h.at(of).get<std::int64_t>(); };
  if (name == "StepLR") return gradus::Exponential{base, value("gamma"), count("step_size"), true};
  if (name == "ExponentialLR") return gradus::Exponential{base, value("gamma")};
  if (name == "MultiStepLR") {
    gradus::Piecewise<4> stairs{{gradus::Knot{0, base}}, gradus::Between::stairs};
    for (std::size_t i = 1; i < 4; ++i)
      stairs.knots[i] = {h.at("milestones").at(i - 1), stairs.knots[i - 1].value * value("gamma")};
    return stairs;
  }
  if (name == "ConstantLR")
    return gradus::Piecewise<2>{{gradus::Knot{0, base * value("factor")}, {value("total_iters"), base}},
                                gradus::Between::stairs};
  if (name == "LinearLR")
    return gradus::Linear{base * value("start_factor"), base * value("end_factor"), count("total_iters")};
  if (name == "PolynomialLR") return gradus::Polynomial{base, 0, count("total_iters"), value("power")};
  if (name == "CosineAnnealingLR") return gradus::CosineWave{base, value("eta_min"), count("T_max")};
  if (name == "CosineAnnealingWarmRestarts")
    return gradus::WarmRestarts{base, value("eta_min"), count("T_0"), value("T_mult")};
  if (name == "OneCycleLR") {
    const double low = value("max_lr") / value("div_factor");
    return one_cycle(h, low, value("max_lr"), low / value("final_div_factor"));
  }
  if (name == "CyclicLR") return cyclic(h, value("base_lr"), value("max_lr"));
  if (name == "LambdaLR" && h.at("function") == "inverse_sqrt") return gradus::InverseRoot{base, count("warmup")};
  if (name == "LambdaLR" && h.at("function") == "power") return fading(base, value("exponent"), count("offset"));
  if (name == "MultiplicativeLR" && h.at("function") == "constant") return gradus::Exponential{base, value("factor")};
  if (name == "MultiplicativeLR" && h.at("function") == "inverse") return fading(base, -1, count("offset"));
  if (name == "SequentialLR") return sequence(h, base);
  if (name == "ChainedScheduler")
    return gradus::Product{rate_of(h.at("schedulers").at(0), base), rate_of(h.at("schedulers").at(1), 1)};
  if (name == "SWALR") return swa(h, base);
  return {};
}

/// The momentum that goes with a rate's cycles.
inline Values momentum_of(const Json& scheduler, double constant) {
  const Json& h = scheduler.at("hyperparameters");
  if (!h.value("cycle_momentum", false)) return [constant](std::int64_t) { return constant; };
  const double base = h.at("base_momentum"), most = h.at("max_momentum");
  if (scheduler.at("name") == "OneCycleLR") return one_cycle(h, most, base, most);
  return cyclic(h, most, base);
}

/// PyTorch's ReduceLROnPlateau, which is told each value after the step instead of in the next one.
inline gradus::Plateau plateau(const Json& h, double base) {
  const double threshold = h.at("threshold");
  const bool relative = h.at("threshold_mode") == "rel";
  return {.factor = h.at("factor"),
          .patience = h.at("patience").get<std::int64_t>() + 1,
          .rtol = relative ? threshold : 0,
          .atol = relative ? 0 : threshold,
          .cooldown = h.at("cooldown"),
          .smallest = h.at("min_lr").get<double>() / base};
}

/// A recorded rate, and the momentum beside it, step by step.
inline Deviation replay_schedule(const Json& record) {
  Deviation deviation;
  const Values rate = rate_of(record.at("scheduler"), record.value("base_lr", 0.0));
  const auto compare = [&](const Values& ours, const Json& recorded, const char* name) {
    double largest = 0;
    for (const double x : recorded) largest = std::max(largest, std::abs(x));
    for (std::size_t k = 0; k < recorded.size(); ++k)
      deviation.compare(ours(static_cast<std::int64_t>(k) + 1), recorded.at(k),
                        record.at("tolerance").get<double>() * largest,
                        name + std::string(" of step ") + std::to_string(k + 1));
  };
  compare(rate, record.at("lr"), "the rate");
  if (record.contains("momentum"))
    compare(momentum_of(record.at("scheduler"), 0), record.at("momentum"), "the momentum");
  return deviation;
}

/// PyTorch's SGD under a scheduler.
template <class T>
ChainOf<T> scheduled_sgd(const Json& record, const Tensors<T>& theta) {
  using namespace gradus;
  const Json& h = record.at("hyperparameters");
  const Json& scheduler = record.at("scheduler");
  if (scheduler.at("name") == "ReduceLROnPlateau")
    return go(direction_of(h),
              Optimizer{LearningRate{h.at("lr")}, plateau(scheduler.at("hyperparameters"), h.at("lr"))}, theta);
  return go(direction_of(h),
            Optimizer{follow<&TorchMomentum::factor>(momentum_of(scheduler, h.at("momentum")),
                                                     TorchMomentum{.dampening = h.at("dampening")}),
                      follow<&LearningRate::rate>(rate_of(scheduler, h.at("lr")))},
            theta);
}

}  // namespace oracle
