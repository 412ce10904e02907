// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/tensor/strided.hpp>

#include <torch/nn/module.h>
#include <torch/types.h>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <variant>

namespace gradus {

/// A libtorch tensor on the CPU with elements of type T. It shares them: a step writes them in place.
template <class T>
struct TorchView {
  static constexpr std::size_t most_extents = 8;

  torch::Tensor tensor;
};

/// A view of either type, which libtorch knows only at run time.
using TorchTensor = std::variant<TorchView<float>, TorchView<double>>;
using TorchComplexTensor = std::variant<TorchView<std::complex<float>>, TorchView<std::complex<double>>>;

namespace detail {

// libtorch's name for T.
template <class T>
struct TorchElement {
  using type = T;
};
template <class T>
struct TorchElement<std::complex<T>> {
  using type = c10::complex<T>;
};
template <class T>
using torch_element = typename TorchElement<T>::type;

// A view of the first of these types that matches its elements.
template <class... T>
std::variant<TorchView<T>...> torch_view_as(const torch::Tensor& tensor, const char* other_elements) {
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
  std::optional<std::variant<TorchView<T>...>> view;
  const auto is = [&](torch::ScalarType type) { return !view && tensor.scalar_type() == type; };
  ((is(c10::CppTypeToScalarType<torch_element<T>>::value) ? void(view = TorchView<T>{tensor}) : void()), ...);
  if (!view) refused(other_elements);
  return *view;
}

}  // namespace detail

template <class T>
struct tensor_traits<TorchView<T>> : strided_traits<tensor_traits<TorchView<T>>, TorchView<T>, T> {
  static constexpr bool view = true;

  static auto shape(const TorchView<T>& x) { return x.tensor.sizes(); }

  /// `.grad()`, if there is one.
  static std::optional<TorchView<T>> gradient(const TorchView<T>& x) {
    const auto& kept = x.tensor.grad();
    if (!kept.defined()) return {};
    return std::get<0>(detail::torch_view_as<T>(kept, "its elements are not the parameter's"));
  }

  /// Tells autograd, which then refuses to go back through what was recorded with the old values.
  static void touch(const TorchView<T>& x) {
    if (!x.tensor.is_inference()) x.tensor.unsafeGetTensorImpl()->bump_version();
  }

  // Most are one block, and libtorch knows it: their extents are not copied.
  static T* data(const TorchView<T>& x, Order order) {
    if (x.tensor.is_contiguous() && (order == Order::row_major || x.tensor.dim() < 2)) return elements(x);
    const auto all = strided(x);
    return all.lies_in(order) ? all.data : nullptr;
  }

  // Pads with leading extents of 1.
  static auto strided(const TorchView<T>& x) {
    constexpr std::size_t most = TorchView<T>::most_extents;
    Strided<T, most> all{elements(x), {}, {}};
    all.shape.fill(1);
    std::copy_backward(x.tensor.sizes().begin(), x.tensor.sizes().end(), all.shape.end());
    std::copy_backward(x.tensor.strides().begin(), x.tensor.strides().end(), all.stride.end());
    return all;
  }

 private:
  // libtorch's complex numbers have the layout of the standard's.
  static T* elements(const TorchView<T>& x) {
    return reinterpret_cast<T*>(x.tensor.template data_ptr<detail::torch_element<T>>());
  }
};

/// A libtorch tensor as a step takes it; a step without a gradient uses its `.grad()`. Autograd does not record the
/// step and keeps nothing of it; what was recorded with the old values must be recorded anew, else `backward` throws. A
/// result of `expand` repeats its elements, so it can be a gradient but not a parameter.
///
/// Errors  `Refused` unless it lies on the CPU, is strided, has float or double elements and at most 8 extents.
inline TorchTensor torch_view(const torch::Tensor& tensor) {
  return detail::torch_view_as<float, double>(
      tensor, "its elements are neither float nor double; convert it, or take torch_complex_view(x) for complex ones");
}

/// The same for complex elements. Their second moments are those of the magnitude, where torch::optim treats real and
/// imaginary parts as separate numbers. A type of its own, because not every policy makes sense for them.
///
/// Errors  `Refused` as `torch_view` does.
inline TorchComplexTensor torch_complex_view(const torch::Tensor& tensor) {
  return detail::torch_view_as<std::complex<float>, std::complex<double>>(
      tensor, "its elements are not complex numbers of float or double; take torch_view(x) for real ones");
}

/// Tensors by their names in a module.
using TorchSet = std::map<std::string, TorchTensor>;

/// The parameters of a module, under their names.
inline TorchSet torch_parameters(const torch::nn::Module& module) {
  TorchSet set;
  for (const auto& entry : module.named_parameters()) set.emplace(entry.key(), torch_view(entry.value()));
  return set;
}

/// The gradients that `backward` left in a module's parameters. A step leaves one that has none untouched.
inline TorchSet torch_gradients(const torch::nn::Module& module) {
  TorchSet set;
  for (const auto& entry : module.named_parameters())
    if (const auto& gradient = entry.value().grad(); gradient.defined()) set.emplace(entry.key(), torch_view(gradient));
  return set;
}

}  // namespace gradus
