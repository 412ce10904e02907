// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device_error.hpp>
#include <gradus/core/space.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/tensor/std.hpp>

#include <thrust/device_ptr.h>
#include <thrust/device_vector.h>
#include <thrust/host_vector.h>
#include <thrust/universal_vector.h>

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime_api.h>
#endif

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>

namespace gradus {

/// Numbers in a device's memory, given by address and count. A view: they can be written through a const one.
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

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA

inline void check_cuda(cudaError_t error, const char* call, std::size_t bytes) {
  if (error != cudaSuccess)
    throw DeviceError(std::string("gradus: ") + call + " of " + std::to_string(bytes) +
                      " bytes failed: " + cudaGetErrorString(error));
}

// While it lives, memory can be allocated although a stream is being captured.
struct AlsoInCapture {
  cudaStreamCaptureMode mode = cudaStreamCaptureModeRelaxed;
  AlsoInCapture() { cudaThreadExchangeStreamCaptureMode(&mode); }
  ~AlsoInCapture() { cudaThreadExchangeStreamCaptureMode(&mode); }
};

inline const Space pinned_space{
    "the host's memory (pinned)",
    [](std::size_t bytes) {
      const AlsoInCapture relaxed;
      void* memory = nullptr;
      check_cuda(cudaMallocHost(&memory, bytes), "cudaMallocHost", bytes);
      return std::memset(memory, 0, bytes);
    },
    [](void* memory) { static_cast<void>(cudaFreeHost(memory)); },
    [](void* to, const void* from, std::size_t bytes) { std::memcpy(to, from, bytes); },
};

// A stream that neither waits for others nor makes them wait.
struct OwnStream {
  cudaStream_t value = nullptr;
  OwnStream() { check_cuda(cudaStreamCreateWithFlags(&value, cudaStreamNonBlocking), "cudaStreamCreate", 0); }
  ~OwnStream() { static_cast<void>(cudaStreamDestroy(value)); }
  OwnStream(const OwnStream&) = delete;
  OwnStream& operator=(const OwnStream&) = delete;

  void finish(cudaError_t asked, const char* call, std::size_t bytes) const {
    check_cuda(asked, call, bytes);
    check_cuda(cudaStreamSynchronize(value), call, bytes);
  }
};

inline const Space thrust_space{
    .name = "a device's memory (CUDA)",
    .allocate =
        [](std::size_t bytes) {
          const AlsoInCapture relaxed;
          const OwnStream own;
          void* memory = nullptr;
          check_cuda(cudaMalloc(&memory, bytes), "cudaMalloc", bytes);
          own.finish(cudaMemsetAsync(memory, 0, bytes, own.value), "cudaMemset", bytes);
          return memory;
        },
    .release = [](void* memory) { static_cast<void>(cudaFree(memory)); },
    .copy = [](void* to, const void* from,
               std::size_t bytes) { check_cuda(cudaMemcpy(to, from, bytes, cudaMemcpyDefault), "cudaMemcpy", bytes); },
    .write =
        [](void* to, const void* from, std::size_t bytes) {
          const AlsoInCapture relaxed;
          const OwnStream own;
          own.finish(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDefault, own.value), "cudaMemcpy", bytes);
        },
    .shared = &pinned_space,
};

#else

/// A device system on the host uses the host's memory.
inline const Space thrust_space{.name = "a device's memory (Thrust)",
                                .allocate = host_space.allocate,
                                .release = host_space.release,
                                .copy = host_space.copy,
                                .shared = &host_space};

#endif

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
struct tensor_traits<thrust::universal_vector<T>> : detail::device_traits<thrust::universal_vector<T>, T> {};

template <class T>
struct tensor_traits<DeviceSpan<T>> : detail::device_traits<DeviceSpan<T>, std::remove_const_t<T>> {
  static constexpr bool view = true;
  static constexpr bool read_only = std::is_const_v<T>;
};

template <class T, class Allocator>
struct tensor_traits<thrust::host_vector<T, Allocator>> : detail::block_traits<thrust::host_vector<T, Allocator>, T> {};

}  // namespace gradus
