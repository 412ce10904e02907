// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device_error.hpp>
#include <gradus/core/space.hpp>

#include <thrust/execution_policy.h>
#include <thrust/for_each.h>
#include <thrust/iterator/counting_iterator.h>

#include <cstddef>
#include <cstring>
#include <exception>
#include <string>

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
#include <cuda_runtime_api.h>
#endif

namespace gradus::backend {

/// Steps what lies in a device's memory: on CUDA as one kernel per pass over all leaves, on a stream; on Thrust's other
/// systems (`THRUST_DEVICE_SYSTEM`) as one loop.
///
///     optimizer.ascend(theta, gradient, state, gradus::backend::Thrust{stream});     // or bound once
///
/// On CUDA a step is only queued when its call returns; `State::wait` waits. A step that looks first (a norm, a guard,
/// sums) fetches what it measured and decides what follows within the stream, on a thread of CUDA's, so that the caller
/// never waits. All of it can be captured into a graph: the optimizer, the state and the tensors must then outlive the
/// graph and stay where they are; a hyper-parameter changed between two replays takes effect. A replay must be done
/// before anything else is asked of the state: synchronize its stream, since `State::wait` knows only the last step's.
///
/// Errors  `DeviceError`, with the call and what CUDA says of it.
class Thrust {
 public:
  static constexpr const char* name = "thrust";
  static constexpr bool walks = false;
  static constexpr bool on_device = true;

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
  explicit(false) Thrust(cudaStream_t stream = nullptr) : stream_(stream) {}

  /// Calls f(i) for every i below `count`, in any order.
  template <class F>
  void for_each(std::size_t count, const F& f, const char* what) const {
    if (count == 0) return;
    try {
      thrust::for_each_n(thrust::cuda::par_nosync.on(stream_), thrust::counting_iterator<std::size_t>(0), count, f);
    } catch (const std::exception& error) {
      throw DeviceError(std::string("gradus: the kernel of ") + what + " failed: " + error.what());
    }
  }
  void copy(void* to, const void* from, std::size_t bytes) const {
    check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDefault, stream_), "cudaMemcpyAsync");
  }
  /// Calls f(with) on the host, after all that was queued.
  void host(void (*f)(void*), void* with) const { check(cudaLaunchHostFunc(stream_, f, with), "cudaLaunchHostFunc"); }
  void finish() const { check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize"); }

  /// Whether queued work goes into a graph.
  bool capturing() const {
    cudaStreamCaptureStatus status{};
    check(cudaStreamIsCapturing(stream_, &status), "cudaStreamIsCapturing");
    return status != cudaStreamCaptureStatusNone;
  }

 private:
  static void check(cudaError_t error, const char* call) {
    if (error != cudaSuccess)
      throw DeviceError(std::string("gradus: ") + call + " failed: " + cudaGetErrorString(error) +
                        "; an earlier kernel may be the cause, compute-sanitizer tells which");
  }

  cudaStream_t stream_;
#else
  template <class F>
  void for_each(std::size_t count, const F& f, const char*) const {
    thrust::for_each_n(thrust::device, thrust::counting_iterator<std::size_t>(0), count, f);
  }
  void copy(void* to, const void* from, std::size_t bytes) const { std::memcpy(to, from, bytes); }
  void host(void (*f)(void*), void* with) const { f(with); }
  void finish() const {}
  bool capturing() const { return false; }
#endif
};

}  // namespace gradus::backend

namespace gradus {

template <>
struct backend_of_device<true> {
  using type = backend::Thrust;
};

}  // namespace gradus
