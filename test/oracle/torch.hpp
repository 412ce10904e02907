// SPDX-License-Identifier: MIT
#pragma once

#include "chain.hpp"

#include <string>

namespace oracle {

inline Direction direction_of(const Json& hyperparameters) {
  return hyperparameters.value("maximize", false) ? Direction::up : Direction::down;
}

/// Clips as a call of torch.nn.utils in front of the step does.
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

template <class Values>
Values adam_values(const Json& h) {
  return {.lr = h.at("lr"),
          .beta1 = h.at("beta1"),
          .beta2 = h.at("beta2"),
          .eps = h.at("eps"),
          .weight_decay = h.at("weight_decay"),
          .amsgrad = h.at("amsgrad")};
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

}  // namespace oracle
