// SPDX-License-Identifier: MIT
#pragma once

#include "chain.hpp"
#include "seed_policies.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oracle {

/// The seed's settings; those that are null or missing are off. Its own `clip_value` does nothing; the `clipping` of
/// a record does the clipping.
inline gradus::recipe::GradientAscent seed_settings(const Json& record) {
  const Json& h = record.at("hyperparameters");
  const auto number = [&](const char* name) {
    return h.contains(name) && h[name].is_number() ? h[name].get<double>() : 0;
  };
  return {.lr = number("lr"),
          .momentum = number("momentum"),
          .beta = number("beta"),
          .eps = number("eps"),
          .nesterov = h.value("nesterov", false),
          .clip_value = record.contains("clipping") ? clip_of(record["clipping"]).value : 0,
          .lr_decay = number("lr_decay"),
          .warmup_steps = static_cast<std::int64_t>(number("warmup_steps")),
          .logging_interval = 0};
}

/// The seed's loop over tensors, in which the rate decays after each tensor.
template <class T>
class SeedLoop : public Chain<T> {
 public:
  SeedLoop(const gradus::recipe::GradientAscent& h, const Tensors<T>& theta)
      : optimizer_{gradus::Momentum{h.momentum}, gradus::Adaptive{h.beta, h.eps},
                   SeedRate{.rate = h.lr, .decay = h.lr_decay, .warmup_steps = h.warmup_steps}} {
    for (const auto& tensor : there(theta)) states_.push_back(optimizer_.init(tensor));
  }

  double step(Tensors<T>& theta, const Gradients<T>& gradients, double = 0) override {
    auto& rate = optimizer_.template get<SeedRate>();
    ++rate.step;
    const double in_force = rate.rate_at({});
    reports_.clear();
    for (std::size_t l = 0; l < theta.size(); ++l) {
      auto& report = reports_.emplace_back();
      if (!gradients[l]) continue;
      There<T> tensor = theta[l];
      optimizer_.ascend(tensor, There<T>(*gradients[l]), states_[l],
                        [&](const gradus::Report& seen) { report = seen; });
      theta[l] = here(tensor);
      ++rate.tensors_stepped;
      report->rate = rate.rate_at({});
    }
    return in_force;
  }

  /// What the last step reported for each tensor, with the rate after its decay; nothing for one without a gradient.
  const std::vector<std::optional<gradus::Report>>& reports() const { return reports_; }

  std::int64_t steps() const override { return optimizer_.template get<SeedRate>().step; }
  std::vector<T> slot(const std::string& name, std::size_t tensor) const override {
    return values_of<T>(states_[tensor], name, "parameter");
  }

 private:
  gradus::Optimizer<gradus::Momentum, gradus::Adaptive, SeedRate> optimizer_;
  std::vector<gradus::State> states_;
  std::vector<std::optional<gradus::Report>> reports_;
};

/// The seed: the library's recipe, as far as the seed does what it documents. Without momentum its velocity is the
/// gradient, so momentum stays in the type.
template <class T>
ChainOf<T> seed(const Json& record, const Tensors<T>& theta) {
  const auto h = seed_settings(record);
  const bool clips = h.clip_value != 0, decays = h.lr_decay != 0, warms = h.warmup_steps != 0;
  if (h.nesterov) {
    constexpr double off = std::numeric_limits<double>::infinity();
    return climb(gradus::Optimizer{gradus::Clip{clips ? h.clip_value : off}, SeedNesterov{h.momentum},
                                   gradus::Adaptive{h.beta, h.eps}, gradus::LearningRate{h.lr},
                                   gradus::Warmup{h.warmup_steps}, gradus::Decay{decays ? h.lr_decay : 1}},
                 theta);
  }
  if (decays && theta.size() > 1) return std::make_unique<SeedLoop<T>>(h, theta);
  return branch(clips, [&](auto clip) {
    return branch(decays, [&](auto decay) {
      return branch(warms, [&](auto warm) {
        constexpr gradus::recipe::GradientAscent with{
            .clip_value = clip ? 1.0 : 0, .lr_decay = decay ? 1.0 : 0, .warmup_steps = warm, .logging_interval = 0};
        return climb(gradus::recipe::gradient_ascent<with>(h), theta);
      });
    });
  });
}

/// The seed before these features: the velocity is an average.
template <class T>
ChainOf<T> seed_damped(const Json& record, const Tensors<T>& theta) {
  const auto h = seed_settings(record);
  return climb(gradus::Optimizer{gradus::AveragedMomentum{h.momentum}, gradus::Adaptive{h.beta, h.eps},
                                 gradus::LearningRate{h.lr}},
               theta);
}

}  // namespace oracle
