// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <concepts>
#include <cstddef>
#include <cstring>
#include <new>

namespace gradus {

/// A kind of memory: what a state must be able to do with it. Each function waits until it is done.
struct Space {
  const char* name;
  void* (*allocate)(std::size_t bytes);                         ///< zeroed; throws if there is no room
  void (*release)(void* memory);                                ///< never throws
  void (*copy)(void* to, const void* from, std::size_t bytes);  ///< between any of this memory and the host's
  /// From the host into memory that nobody uses yet; works while a graph is being captured.
  void (*write)(void* to, const void* from, std::size_t bytes) = copy;
  const Space* shared = nullptr;  ///< for a device: host memory that the device accesses directly
};

/// The bytes of a cache line.
inline constexpr std::size_t line_size = 64;

/// The memory of every tensor whose trait names no other, aligned to lines.
inline const Space host_space{
    "the host's memory",
    [](std::size_t bytes) { return std::memset(::operator new(bytes, std::align_val_t{line_size}), 0, bytes); },
    [](void* memory) { ::operator delete(memory, std::align_val_t{line_size}); },
    [](void* to, const void* from, std::size_t bytes) { std::memcpy(to, from, bytes); },
};

/// A tensor whose elements only a device can step: its trait has `static const Space& space()`.
template <class X>
concept DeviceTensor = Tensor<X> && requires {
  { traits_of<X>::space() } -> std::same_as<const Space&>;
};

/// The backend for such tensors: `type` of the specialisation for true, which that backend's header provides.
template <bool>
struct backend_of_device {};

template <class X>
const Space& space_of() {
  if constexpr (DeviceTensor<X>) return traits_of<X>::space();
  else return host_space;
}

}  // namespace gradus
