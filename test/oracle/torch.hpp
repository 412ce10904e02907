// SPDX-License-Identifier: MIT
#pragma once

#include "chain.hpp"
#include "torch_policies.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <type_traits>

namespace oracle {

inline Direction direction_of(const Json& hyperparameters) {
  return hyperparameters.value("maximize", false) ? Direction::up : Direction::down;
}

/// Clips as a call of torch.nn.utils before the step does.
template <class T, class Optimizer>
ChainOf<T> clipped(const Json& record, const Optimizer& optimizer, const Tensors<T>& theta) {
  const Direction direction = direction_of(record.at("hyperparameters"));
  const Json& clipping = record.at("clipping");
  if (clipping.at("kind") == "value") return go(direction, in_front(clip_of(clipping), optimizer), theta);
  return go(direction, in_front(clip_norm_of(clipping), optimizer), theta);
}

template <class T>
ChainOf<T> sgd(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::Sgd;
  const Json& h = record.at("hyperparameters");
  const Sgd values{.lr = h.at("lr"),
                   .momentum = h.at("momentum"),
                   .dampening = h.at("dampening"),
                   .weight_decay = h.at("weight_decay"),
                   .nesterov = h.at("nesterov")};
  if (record.contains("clipping")) return clipped(record, gradus::recipe::sgd<Sgd{.momentum = 1}>(values), theta);
  return branch(values.weight_decay != 0, [&](auto decays) {
    return branch(values.momentum != 0, [&](auto heavy) {
      return branch(values.nesterov, [&](auto ahead) {
        constexpr Sgd with{.momentum = heavy ? 1.0 : 0, .weight_decay = decays ? 1.0 : 0, .nesterov = heavy && ahead};
        return go(direction_of(h), gradus::recipe::sgd<with>(values), theta);
      });
    });
  });
}

/// PyTorch's SGD without momentum, and the `AveragedModel` of its parameters.
template <class T>
ChainOf<T> averaged_sgd(const Json& record, const Tensors<T>& theta) {
  const Json& averaging = record.at("averaging");
  const gradus::LearningRate rate{record.at("hyperparameters").at("lr")};
  if (averaging.at("kind") == "swa")
    return descend(gradus::Optimizer{rate, gradus::TailAverage{averaging.at("begin")}}, theta);
  return descend(gradus::Optimizer{rate, gradus::MovingAverage{averaging.at("decay")}}, theta);
}

/// What all relatives of Adam share.
template <class Values>
Values adam_values(const Json& h) {
  Values values;
  values.lr = h.at("lr"), values.beta1 = h.at("beta1"), values.beta2 = h.at("beta2");
  values.eps = h.at("eps"), values.weight_decay = h.at("weight_decay");
  if constexpr (requires { values.amsgrad; }) values.amsgrad = h.at("amsgrad");
  if constexpr (requires { values.momentum_decay; }) values.momentum_decay = h.at("momentum_decay");
  if constexpr (requires { values.decoupled_weight_decay; })
    values.decoupled_weight_decay = h.value("decoupled_weight_decay", false);
  return values;
}

template <class T>
ChainOf<T> adam(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::Adam;
  const Json& h = record.at("hyperparameters");
  const auto values = adam_values<Adam>(h);
  return branch(values.weight_decay != 0, [&](auto decays) {
    return branch(values.amsgrad, [&](auto largest) {
      constexpr Adam with{.weight_decay = decays ? 1.0 : 0, .amsgrad = largest};
      return go(direction_of(h), gradus::recipe::adam<with>(values), theta);
    });
  });
}

template <class T>
ChainOf<T> adamw(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::AdamW;
  const Json& h = record.at("hyperparameters");
  const auto values = adam_values<AdamW>(h);
  return branch(values.amsgrad, [&](auto largest) {
    return go(direction_of(h), gradus::recipe::adamw<AdamW{.amsgrad = largest}>(values), theta);
  });
}

template <class T>
ChainOf<T> radam(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::RAdam;
  const Json& h = record.at("hyperparameters");
  const auto values = adam_values<RAdam>(h);
  return branch(values.decoupled_weight_decay, [&](auto decoupled) {
    constexpr RAdam with{.weight_decay = 1, .decoupled_weight_decay = decoupled};
    return go(direction_of(h), gradus::recipe::radam<with>(values), theta);
  });
}

template <class T>
ChainOf<T> madgrad(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::Madgrad;
  const Json& h = record.at("hyperparameters");
  const Madgrad values{
      .lr = h.at("lr"), .momentum = h.at("momentum"), .weight_decay = h.at("weight_decay"), .eps = h.at("eps")};
  return go(direction_of(h), gradus::recipe::madgrad<Madgrad{.weight_decay = 1}>(values), theta);
}

template <class T>
ChainOf<T> nadam(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::NAdam;
  const Json& h = record.at("hyperparameters");
  const auto values = adam_values<NAdam>(h);
  if (record.at("optimizer") == "nadam_fixed")
    return branch(values.decoupled_weight_decay, [&](auto decoupled) {
      constexpr NAdam with{.weight_decay = 1, .decoupled_weight_decay = decoupled};
      return go(direction_of(h), gradus::recipe::nadam<with>(values), theta);
    });
  return branch(record.value("scalar_state_dtype", "") == "float32", [&](auto narrow) {
    using Product = std::conditional_t<narrow, float, double>;
    return go(direction_of(h),
              gradus::Optimizer{gradus::WeightDecay{values.weight_decay},
                                TwiceCounted<Product>{values.beta1, values.momentum_decay},
                                gradus::CorrectedAdaptive{values.beta2, values.eps}, gradus::LearningRate{values.lr}},
              theta);
  });
}

template <class T>
ChainOf<T> rprop(const Json& record, const Tensors<T>& theta) {
  const Json& h = record.at("hyperparameters");
  const auto optimizer = gradus::recipe::rprop({.lr = h.at("lr"),
                                                .eta_minus = h.at("eta_minus"),
                                                .eta_plus = h.at("eta_plus"),
                                                .step_min = h.at("step_min"),
                                                .step_max = h.at("step_max")});
  return go(direction_of(h), optimizer, theta);
}

template <class T>
ChainOf<T> asgd(const Json& record, const Tensors<T>& theta) {
  const Json& h = record.at("hyperparameters");
  const gradus::recipe::Asgd values{.lr = h.at("lr"),
                                    .lambd = h.at("lambd"),
                                    .alpha = h.at("alpha"),
                                    .t0 = static_cast<std::int64_t>(h.at("t0").get<double>()),
                                    .weight_decay = h.at("weight_decay")};
  if (record.value("scalar_state_dtype", "") != "float32")
    return go(direction_of(h), gradus::recipe::asgd(values), theta);
  const auto rounded = [=](std::int64_t step) {
    const auto gone = static_cast<double>(step - 1);
    return static_cast<double>(
        static_cast<float>(values.lr / std::pow(1 + values.lambd * values.lr * gone, values.alpha)));
  };
  return go(direction_of(h),
            gradus::Optimizer{gradus::WeightDecay{values.weight_decay + values.lambd},
                              gradus::follow<&gradus::LearningRate::rate>(rounded), FloatShare{{values.t0}}},
            theta);
}

template <class T>
ChainOf<T> adagrad(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::AdaGrad;
  const Json& h = record.at("hyperparameters");
  const AdaGrad values{.lr = h.at("lr"),
                       .lr_decay = h.at("lr_decay"),
                       .weight_decay = h.at("weight_decay"),
                       .initial_accumulator_value = h.at("initial_accumulator_value"),
                       .eps = h.at("eps")};
  constexpr AdaGrad with{.lr_decay = 1, .weight_decay = 1};
  return go(direction_of(h), gradus::recipe::adagrad<with>(values), theta);
}

template <class T>
ChainOf<T> rmsprop(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::RmsProp;
  const Json& h = record.at("hyperparameters");
  const RmsProp values{.lr = h.at("lr"),
                       .alpha = h.at("alpha"),
                       .eps = h.at("eps"),
                       .weight_decay = h.at("weight_decay"),
                       .momentum = h.at("momentum"),
                       .centered = h.at("centered")};
  return branch(values.momentum != 0, [&](auto heavy) {
    return branch(values.centered, [&](auto centered) {
      constexpr RmsProp with{.weight_decay = 1, .momentum = heavy ? 1.0 : 0, .centered = centered};
      return go(direction_of(h), gradus::recipe::rmsprop<with>(values), theta);
    });
  });
}

template <class T>
ChainOf<T> adamax(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::AdaMax;
  const Json& h = record.at("hyperparameters");
  const auto values = adam_values<AdaMax>(h);
  return go(direction_of(h), gradus::recipe::adamax<AdaMax{.weight_decay = 1}>(values), theta);
}

template <class T>
ChainOf<T> adadelta(const Json& record, const Tensors<T>& theta) {
  using gradus::recipe::Adadelta;
  const Json& h = record.at("hyperparameters");
  const Adadelta values{.lr = h.at("lr"), .rho = h.at("rho"), .eps = h.at("eps"), .weight_decay = h.at("weight_decay")};
  return go(direction_of(h), gradus::recipe::adadelta<Adadelta{.weight_decay = 1}>(values), theta);
}

/// The library's composition for an optimizer of PyTorch; none if the library has none.
template <class T>
ChainOf<T> torch(const Json& record, const Tensors<T>& theta) {
  const std::string optimizer = record.value("optimizer", "");
  if (optimizer == "sgd") return sgd(record, theta);
  if (record.contains("clipping")) return nullptr;
  if (optimizer == "adam") return adam(record, theta);
  if (optimizer == "adamw") return adamw(record, theta);
  if (optimizer == "radam") return radam(record, theta);
  if (optimizer == "madgrad") return madgrad(record, theta);
  if (optimizer == "nadam" || optimizer == "nadam_fixed") return nadam(record, theta);
  if (optimizer == "rprop") return rprop(record, theta);
  if (optimizer == "adagrad") return adagrad(record, theta);
  if (optimizer == "rmsprop") return rmsprop(record, theta);
  if (optimizer == "adamax") return adamax(record, theta);
  if (optimizer == "asgd") return asgd(record, theta);
  if (optimizer == "adadelta") return adadelta(record, theta);
  return nullptr;
}

extern template ChainOf<float> torch(const Json&, const Tensors<float>&);    // in torch_float.cpp
extern template ChainOf<double> torch(const Json&, const Tensors<double>&);  // in torch_double.cpp

}  // namespace oracle
