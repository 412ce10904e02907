// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_evaluate.hpp>
#include <gradus/backend/device_table.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace gradus::backend {

using namespace detail;

/// The same address, which a device's compiler then knows to lie in global memory.
template <class T>
GRADUS_DEVICE T* in_global_memory(T* address) {
#ifdef __CUDA_ARCH__
  __builtin_assume(__isGlobal(address));
#endif
  return address;
}

/// Adjacent elements that are moved at once.
template <class T, std::size_t N>
struct alignas(sizeof(T) * N <= 16 ? sizeof(T) * N : 16) Vector {
  static constexpr std::size_t size = N;
  T value[N];

  template <class From>
  GRADUS_DEVICE static Vector at(const From* from) {
    const Vector<From, N> raw = *reinterpret_cast<const Vector<From, N>*>(in_global_memory(from));
    Vector pack;
    for (std::size_t v = 0; v < N; ++v) pack.value[v] = static_cast<T>(raw.value[v]);
    return pack;
  }
  template <class To>
  GRADUS_DEVICE void store(To* to) const {
    Vector<To, N> raw;
    for (std::size_t v = 0; v < N; ++v) raw.value[v] = static_cast<To>(value[v]);
    *reinterpret_cast<Vector<To, N>*>(in_global_memory(to)) = raw;
  }
};

/// N elements of all streams of a leaf, on their way through a chain.
template <class Chain, class Leaf, std::size_t N>
struct DeviceGroup {
  using E = typename Leaf::Element;
  using T = arithmetic_t<E>;
  using Gradient = typename Leaf::GradientElement;
  static constexpr std::size_t slots = Chain::slot_count, streams = 2 + slots + Chain::drawn_count;

  Vector<T, N> stream[streams]{};

  template <class Scalars>
  GRADUS_DEVICE void load(const Leaf& leaf, std::size_t i, bool negate, const Scalars& scalars) {
    if constexpr (Chain::reads_parameter) stream[0] = Vector<T, N>::at(leaf.parameter + i);
    if (std::is_same_v<E, Gradient> || leaf.own_gradient)
      stream[1] = Vector<T, N>::at(static_cast<const E*>(leaf.gradient) + i);
    else stream[1] = Vector<T, N>::at(static_cast<const Gradient*>(leaf.gradient) + i);
    for (std::size_t s = 0; s != slots; ++s) stream[2 + s] = Vector<T, N>::at(leaf.slot[s] + i);
    if (negate)
      for (std::size_t v = 0; v < N; ++v) stream[1].value[v] = -stream[1].value[v];
    if constexpr (Chain::drawn_count != 0) scalars.draw(leaf.number, i, stream + 2 + slots);
  }

  /// Calculates element v's nodes.
  template <std::size_t Nodes>
  GRADUS_DEVICE void run(std::size_t v, const T* scalar, T (&done)[Nodes]) const {
    T mine[streams];
    for (std::size_t s = 0; s != streams; ++s) mine[s] = stream[s].value[v];
    evaluate_on_device<Chain>(done, mine, scalar);
  }

  /// Takes all elements one step and writes what the chain changes.
  GRADUS_DEVICE void step(const Leaf& leaf, std::size_t i, const T* scalar) {
    for (std::size_t v = 0; v < N; ++v) {
      T done[Chain::graph.size];
      run(v, scalar, done);
      if constexpr (Chain::parameter >= 0) stream[0].value[v] = done[Chain::parameter];
      unrolled<slots>([&]<std::size_t s>() {
        if constexpr (Chain::slot.of[s] >= 0) stream[2 + s].value[v] = done[Chain::slot.of[s]];
      });
    }
    if constexpr (Chain::parameter >= 0) stream[0].store(leaf.parameter + i);
    unrolled<slots>([&]<std::size_t s>() {
      if constexpr (Chain::slot.of[s] >= 0) stream[2 + s].store(leaf.slot[s] + i);
    });
  }
};

/// The pass that writes: what thread `index` of all threads does.
template <class Chain, class Leaf, class Draws = DeviceDraws<>>
struct DeviceSweep {
  using E = typename Leaf::Element;
  using T = arithmetic_t<E>;
  static constexpr std::size_t group = Tiling::group<E>;

  DeviceTable<Leaf> table;
  DeviceScalars<T, Chain::scalar_count, Draws> scalars;
  std::uint32_t mode = DeviceControl::steps;
  bool negate = false;

  GRADUS_DEVICE void operator()(std::size_t index) const {
    if (!scalars.in(mode)) return;
    const std::size_t tile = index / Tiling::threads, thread = index % Tiling::threads;
    const Leaf leaf = table.at_tile(tile);
    const std::size_t begin = (tile - leaf.first_tile) * Tiling::tile<E>, mine = begin + thread * group;
    T scalar[Chain::scalar_count + 1];
    scalars.read(leaf.number, scalar);
    if (leaf.aligned && begin + Tiling::tile<E> <= leaf.size) {
      DeviceGroup<Chain, Leaf, group> all[Tiling::groups];
      for (std::size_t g = 0; g < Tiling::groups; ++g)
        all[g].load(leaf, mine + g * Tiling::threads * group, negate, scalars);
      for (std::size_t g = 0; g < Tiling::groups; ++g) all[g].step(leaf, mine + g * Tiling::threads * group, scalar);
    } else {
      for (std::size_t g = 0; g < Tiling::groups; ++g)
        for (std::size_t v = 0; v < group; ++v) one(leaf, mine + g * Tiling::threads * group + v, scalar);
    }
  }

 private:
  GRADUS_DEVICE void one(const Leaf& leaf, std::size_t i, const T* scalar) const {
    if (i >= leaf.size) return;
    DeviceGroup<Chain, Leaf, 1> element;
    element.load(leaf, i, negate, scalars), element.step(leaf, i, scalar);
  }
};

}  // namespace gradus::backend
