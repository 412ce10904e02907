// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/space.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <vector>

namespace support {

/// Counts the calls to the fake device's memory.
struct SpaceCalls {
  int allocated = 0, released = 0, copied = 0;
};
inline SpaceCalls space_calls;

/// Memory that gradus takes for a device's.
inline const gradus::Space device_space{
    .name = "a fake device's memory",
    .allocate = [](std::size_t bytes) { return ++space_calls.allocated, gradus::host_space.allocate(bytes); },
    .release = [](void* memory) { ++space_calls.released, gradus::host_space.release(memory); },
    .copy = [](void* to, const void* from, std::size_t bytes) { ++space_calls.copied, std::memcpy(to, from, bytes); },
    .shared = &gradus::host_space,
};

/// Numbers in that memory.
template <class T>
struct DeviceVector {
  std::vector<T> memory{};
};

/// A device that does at once whatever it is asked. The threads of a kernel run from the last to the first.
struct FakeDevice {
  static constexpr const char* name = "fake";
  static constexpr bool walks = false;
  static constexpr bool on_device = true;

  template <class F>
  void for_each(std::size_t count, const F& f, const char* = "") const {
    while (count != 0) f(--count);
  }
  void copy(void* to, const void* from, std::size_t bytes) const { std::memcpy(to, from, bytes); }
  void host(void (*f)(void*), void* with) const { f(with); }
  void finish() const {}
  bool capturing() const { return false; }
};

/// A leaf as a step on a device lists it; a gradient of another type than the parameters' is known by its address only.
template <class T, class G>
gradus::detail::Leaf listed(T* parameter, const G* gradient, std::size_t size) {
  gradus::detail::Leaf leaf;
  leaf.size = size, leaf.element = &gradus::detail::element_type<T>, leaf.parameter = parameter;
  leaf.gradient_memory = gradient;
  if (std::is_same_v<T, G>) leaf.gradient = gradient;
  return leaf;
}

}  // namespace support

template <class T>
struct gradus::tensor_traits<support::DeviceVector<T>> {
  using value_type = T;
  static const Space& space() { return support::device_space; }
  static std::array<std::size_t, 1> shape(const support::DeviceVector<T>& x) { return {{x.memory.size()}}; }
  static T* data(const support::DeviceVector<T>& x, Order) { return const_cast<T*>(x.memory.data()); }
};
