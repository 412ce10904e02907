// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/serial.hpp>
#include <gradus/core/device.hpp>
#include <gradus/core/graph.hpp>

#include <cstddef>
#include <utility>

namespace gradus::backend {

using namespace detail;

// Evaluates a graph in one GPU thread. Separate from `core/evaluate.hpp`, because nvcc compiles nothing for a device
// that could involve a SIMD register. Every product is rounded on its own, so all bits are those of `Serial`.

/// Calls f.template operator()<I>() for I = 0 to N - 1.
template <std::size_t N, class F>
GRADUS_DEVICE constexpr void unrolled(F f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f.template operator()<I>(), ...);
  }(std::make_index_sequence<N>{});
}

template <Op op, class T>
GRADUS_DEVICE constexpr T operate(T a, T b, T c, T d) {
  using Ops = NumberOps<T>;
  // No helper like is_product() here: nvcc takes even a call in `if constexpr` for one on the device.
  if constexpr (op == Op::add) return Ops::add(a, b);
  else if constexpr (op == Op::sub) return Ops::sub(a, b);
  else if constexpr (op == Op::mul || op == Op::scale) return Ops::lone_mul(a, b);
  else if constexpr (op == Op::div) return Ops::div(a, b);
  else if constexpr (op == Op::min) return Ops::min(a, b);
  else if constexpr (op == Op::max) return Ops::max(a, b);
  else if constexpr (op == Op::neg) return Ops::neg(a);
  else if constexpr (op == Op::abs) return Ops::abs(a);
  else if constexpr (op == Op::sqrt) return Ops::sqrt(a);
  else if constexpr (op == Op::cbrt) return Ops::cbrt(a);
  else if constexpr (op == Op::exp) return Ops::exp(a);
  else if constexpr (op == Op::log) return Ops::log(a);
  else if constexpr (op == Op::fma) return Ops::fma(a, b, c);
  else if constexpr (op == Op::select_less) return Ops::choose_less(a, b, c, d);
  else if constexpr (op == Op::select_less_equal) return Ops::choose_less_equal(a, b, c, d);
  else return Ops::choose_equal(a, b, c, d);
}

template <class Chain, int I, class T>
GRADUS_DEVICE constexpr void evaluate_node(T* done, const T* stream, const T* scalar) {
  if constexpr (Chain::needed.has[I]) {
    constexpr Node n = Chain::graph.nodes[I];
    if constexpr (n.op == Op::stream) done[I] = stream[n.a];
    else if constexpr (n.op == Op::scalar) done[I] = scalar[n.a];
    else if constexpr (n.op == Op::constant) done[I] = static_cast<T>(n.value);
    else done[I] = operate<n.op>(done[n.a], done[n.b], done[n.c], done[n.d]);
  }
}

/// Calculates the nodes of `Chain::graph` that are in `Chain::needed`, in order, into `done`.
template <class Chain, class T>
GRADUS_DEVICE constexpr void evaluate_on_device(T* done, const T* stream, const T* scalar) {
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (evaluate_node<Chain, I>(done, stream, scalar), ...);
  }(std::make_integer_sequence<int, Chain::graph.size>{});
}

}  // namespace gradus::backend
