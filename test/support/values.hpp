// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace support {

/// The policies that compositions are made of, in the order of the table that documents them.
enum class Kind { clip, clip_norm, momentum, nesterov, adaptive, weight_decay, learning_rate, warmup, decay };

inline constexpr int kind_count = 9;

/// The hyper-parameters of all of them. A kind that occurs twice in a composition has the same ones both times.
struct Values {
  double clip = 0.75;
  double norm = 3, order = 2, norm_epsilon = 0.125;
  double factor = 0.875, dampening = 0.1;
  double beta = 0.97, epsilon = 1e-3;
  double weight_decay = 0.06;
  double rate = 0.3;
  std::int64_t warmup = 5;
  double decay = 0.9;
};

/// The same, with the value of one kind chosen so that its formula is the identity.
constexpr Values neutral(Values values, Kind kind) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (kind) {
    case Kind::clip: values.clip = infinity; break;
    case Kind::clip_norm: values.norm = infinity; break;
    case Kind::momentum: values.factor = values.dampening = 0; break;
    case Kind::nesterov: values.factor = values.dampening = 0; break;
    case Kind::adaptive: break;  // it has none
    case Kind::weight_decay: values.weight_decay = 0; break;
    case Kind::learning_rate: values.rate = 1; break;
    case Kind::warmup: values.warmup = 0; break;
    case Kind::decay: values.decay = 1; break;
  }
  return values;
}

using Kinds = std::vector<Kind>;

/// For readers of a failure message.
inline std::string name(const Kinds& kinds) {
  const char* const names[]{"Clip",        "ClipNorm",     "Momentum", "Nesterov", "Adaptive",
                            "WeightDecay", "LearningRate", "Warmup",   "Decay"};
  std::string all;
  for (const Kind kind : kinds) all += (all.empty() ? "" : ", ") + std::string(names[static_cast<int>(kind)]);
  return "(" + all + ")";
}

}  // namespace support
