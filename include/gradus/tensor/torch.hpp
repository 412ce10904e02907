// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/tensor/strided.hpp>

#include <torch/nn/module.h>
#include <torch/types.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <variant>

namespace gradus {

/// A tensor of libtorch on the CPU whose elements are T: it shares them, and a step of it writes them in place.
template <class T>
struct TorchView {
  static constexpr std::size_t most_extents = 8;

  torch::Tensor tensor;
};

/// One of either type, which libtorch tells when the program runs.
using TorchTensor = std::variant<TorchView<float>, TorchView<double>>;

inline TorchTensor torch_view(const torch::Tensor& tensor);

template <class T>
struct tensor_traits<TorchView<T>> : strided_traits<tensor_traits<TorchView<T>>, TorchView<T>, T> {
  static constexpr bool view = true;

  static auto shape(const TorchView<T>& x) { return x.tensor.sizes(); }

  /// `.grad()`, where there is one.
  static std::optional<TorchView<T>> gradient(const TorchView<T>& x) {
    if (const auto& kept = x.tensor.grad(); kept.defined()) return std::get<TorchView<T>>(torch_view(kept));
    return {};
  }

  // Extents of 1 in front of those there are.
  static auto strided(const TorchView<T>& x) {
    constexpr std::size_t most = TorchView<T>::most_extents;
    Strided<T, most> all{x.tensor.template data_ptr<T>(), {}, {}};
    all.shape.fill(1);
    std::copy_backward(x.tensor.sizes().begin(), x.tensor.sizes().end(), all.shape.end());
    std::copy_backward(x.tensor.strides().begin(), x.tensor.strides().end(), all.stride.end());
    return all;
  }
};

/// A tensor of libtorch as a step takes it; one without a gradient goes by its `.grad()`. Autograd takes no note of the
/// step, so that none of its records is left behind; what was recorded with the old values must be recorded anew. One
/// that `expand` made repeats its elements, and is a gradient but no parameter.
///
/// Errors  `Refused` unless it lies on the CPU, is strided, has float or double elements and at most 8 extents.
inline TorchTensor torch_view(const torch::Tensor& tensor) {
  const auto refused = [&](const char* why) {
    std::ostringstream text;
    if (tensor.defined()) text << tensor.toString() << " " << tensor.sizes();
    refuse({"a torch::Tensor (", (tensor.defined() ? text.str() : "undefined"), ") cannot be stepped: ", why});
  };
  if (!tensor.defined()) refused("it has no elements; pass one that has, or leave the gradient out");
  if (!tensor.device().is_cpu() || tensor.layout() != torch::kStrided)
    refused("it does not lie in the CPU's memory as numbers with strides; move it there");
  if (tensor.is_neg() || tensor.is_conj())
    refused("its signs are not in memory yet; call resolve_neg() or resolve_conj()");
  if (tensor.dim() > static_cast<std::int64_t>(TorchView<float>::most_extents))
    refused("it has more than 8 extents; reshape it");
  if (tensor.scalar_type() == torch::kFloat32) return TorchView<float>{tensor};
  if (tensor.scalar_type() != torch::kFloat64) refused("its elements are neither float nor double; convert it");
  return TorchView<double>{tensor};
}

/// Tensors by their names in a module.
using TorchSet = std::map<std::string, TorchTensor>;

/// The parameters of a module, under their names.
inline TorchSet torch_parameters(const torch::nn::Module& module) {
  TorchSet set;
  for (const auto& entry : module.named_parameters()) set.emplace(entry.key(), torch_view(entry.value()));
  return set;
}

/// The gradients that `backward` left in a module's parameters. One that has none is left untouched by the step.
inline TorchSet torch_gradients(const torch::nn::Module& module) {
  TorchSet set;
  for (const auto& entry : module.named_parameters())
    if (const auto& gradient = entry.value().grad(); gradient.defined()) set.emplace(entry.key(), torch_view(gradient));
  return set;
}

}  // namespace gradus
