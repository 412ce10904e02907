// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device_error.hpp>
#include <gradus/core/space.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/tensor/std.hpp>

#include <thrust/copy.h>
#include <thrust/device_malloc.h>
#include <thrust/device_free.h>
#include <thrust/device_ptr.h>
#include <thrust/device_vector.h>
#include <thrust/fill.h>
#include <thrust/host_vector.h>
#include <thrust/universal_vector.h>

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime_api.h>
#endif

#include <array>
#include <cstddef>
#include <exception>
#include <string>

namespace gradus {

/// Numbers that lie in a device's memory, seen through an address and a count. A view: a const one writes too.
///
///     gradus::DeviceSpan weights{pointer, size};      // a raw pointer of the device, or a thrust::device_ptr
template <class T>
class DeviceSpan {
 public:
  DeviceSpan(T* data, std::size_t size) : data_(data), size_(size) {}
  DeviceSpan(thrust::device_ptr<T> data, std::size_t size) : data_(thrust::raw_pointer_cast(data)), size_(size) {}

  T* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  T* data_;
  std::size_t size_;
};

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
template <>
struct arithmetic<__half> {
  using type = float;
};
template <>
struct arithmetic<__nv_bfloat16> {
  using type = float;
};
#endif

namespace detail {

/// The device of Thrust's device system.
inline const Space thrust_space{
    "a device's memory (Thrust)",
    [](std::size_t bytes) -> void* {
      try {
        const thrust::device_ptr<char> memory = thrust::device_malloc<char>(bytes);
        thrust::fill_n(memory, bytes, char{0});
        return thrust::raw_pointer_cast(memory);
      } catch (const std::exception& error) {
        throw DeviceError("gradus: a device has no room for a state of " + std::to_string(bytes) +
                          " bytes: " + error.what());
      }
    },
    [](void* memory, std::size_t) { thrust::device_free(thrust::device_pointer_cast(static_cast<char*>(memory))); },
    [](void* to, const void* from, std::size_t bytes) {
#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
      if (const cudaError_t error = cudaMemcpy(to, from, bytes, cudaMemcpyDefault))
        throw DeviceError("gradus: cudaMemcpy of " + std::to_string(bytes) +
                          " bytes failed: " + cudaGetErrorString(error));
#else
      std::memcpy(to, from, bytes);
#endif
    },
};

template <class X, class T>
struct device_traits {
  using value_type = T;
  static const Space& space() { return thrust_space; }
  static std::array<std::size_t, 1> shape(const X& x) { return {{x.size()}}; }
  static T* data(const X& x, Order) { return const_cast<T*>(thrust::raw_pointer_cast(x.data())); }
  static void read(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
    thrust_space.copy(out, data(x, order) + first, count * sizeof(T));
  }
  static void write(X& x, Order order, std::size_t first, std::size_t count, const T* in) {
    thrust_space.copy(data(x, order) + first, in, count * sizeof(T));
  }
};

}  // namespace detail

template <class T, class Allocator>
struct tensor_traits<thrust::device_vector<T, Allocator>>
    : detail::device_traits<thrust::device_vector<T, Allocator>, T> {};

template <class T>
struct tensor_traits<DeviceSpan<T>> : detail::device_traits<DeviceSpan<T>, std::remove_const_t<T>> {
  static constexpr bool view = true;
  static constexpr bool read_only = std::is_const_v<T>;
};

template <class T, class Allocator>
struct tensor_traits<thrust::host_vector<T, Allocator>>
    : detail::block_traits<thrust::host_vector<T, Allocator>, T> {};

}  // namespace gradus
