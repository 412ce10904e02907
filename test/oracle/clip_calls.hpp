// SPDX-License-Identifier: MIT
#pragma once

#include "chain.hpp"
#include "deviation.hpp"

#include <gradus/core/norm_meter.hpp>

#include <cstddef>
#include <string>

namespace oracle {

/// What a clip makes of gradients: a step from zero with the clip alone ends at the clipped gradient.
template <class T>
Tensors<T> clipped_gradients(const Json& clipping, const Gradients<T>& gradients) {
  Tensors<T> theta;
  for (const auto& gradient : gradients) theta.emplace_back(gradient->size());
  const auto step = [&](const auto& clip) { climb(gradus::Optimizer{clip}, theta)->step(theta, gradients); };
  if (clipping.at("kind") == "value") step(clip_of(clipping));
  else step(clip_norm_of(clipping));
  return theta;
}

/// The norm of all gradients together, as the library measures it.
template <class T>
double total_norm(const Json& clipping, const Gradients<T>& gradients) {
  gradus::detail::NormMeter<gradus::backend::Simd> meter(clip_norm_of(clipping).order);
  const auto sweep = [&] {
    for (const auto& gradient : gradients) meter.add(gradient->data(), gradient->size());
  };
  return meter.measure(sweep).value();
}

/// Replays single calls of clips. The tolerance of each element follows from its magnitude before and after.
template <class T>
Deviation replay_clip_calls(const Json& record) {
  const double tolerance = record.at("tolerance");
  Deviation deviation;
  std::size_t number = 0;
  for (const Json& call : record.at("calls")) {
    const Json& clipping = call.at("clipping");
    const std::string where = "call " + std::to_string(++number);
    const auto gradients = read_gradients<T>(call.at("gradients"));
    const auto ours = clipped_gradients(clipping, gradients);
    const Tensors<double> recorded = call.at("clipped");
    Tensors<double> scale = magnitudes(call.at("gradients"));
    widen(scale, recorded);
    for (std::size_t l = 0; l < ours.size(); ++l)
      deviation.compare_all(ours[l], recorded.at(l), tolerance, scale[l], where + ", tensor " + std::to_string(l));
    if (!call.contains("total_norm")) continue;
    const double norm = call.at("total_norm");
    deviation.compare(total_norm(clipping, gradients), norm, tolerance * norm, where + ", the norm");
  }
  return deviation;
}

}  // namespace oracle
