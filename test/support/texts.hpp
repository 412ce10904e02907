// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/lane.hpp>

#include <cstddef>
#include <limits>
#include <vector>

/// A text that computes an expression of x, y, z and w.
#define TEXT(expression)                                                               \
  [](gradus::Lane x, [[maybe_unused]] gradus::Lane y, [[maybe_unused]] gradus::Lane z, \
     [[maybe_unused]] gradus::Lane w) { return expression; }

namespace support {

/// A chain with one text over four lanes: the gradient and three slots are inputs, `measured` is the output.
template <auto Text>
struct TextChain {
  struct Traced {
    gradus::detail::Graph graph;
    short result = -1;
  };
  static constexpr Traced traced = [] {
    Traced made;
    gradus::Lane in[4];
    for (short i = 0; i < 4; ++i)
      in[i] = {&made.graph, made.graph.put({gradus::detail::Op::stream, static_cast<short>(1 + i)})};
    made.result = Text(in[0], in[1], in[2], in[3]).id;
    return made;
  }();

  static constexpr gradus::detail::Graph graph = traced.graph;
  static constexpr std::size_t slot_count = 3, scalar_count = 0, drawn_count = 0;
  static constexpr bool reads_parameter = false;
  static constexpr short parameter = -1;
  static constexpr gradus::detail::MeasuredNodes measured{1, {traced.result}};
  static constexpr bool sums = false;
  static constexpr std::size_t stride = 0;
  struct SlotNodes {
    short of[4]{-1, -1, -1, -1};
  };
  static constexpr SlotNodes slot{};
  static constexpr gradus::detail::NodeSet needed = [] {
    gradus::detail::NodeSet set;
    set.add(graph, traced.result);
    return set;
  }();
};

/// The four inputs of a text, element by element.
template <class T>
struct Inputs {
  std::vector<T> x{}, y{}, z{}, w{};

  void add(T a, T b, T c, T d) { x.push_back(a), y.push_back(b), z.push_back(c), w.push_back(d); }
};

/// The results of a text on a backend.
template <class Backend, auto Text, class T>
std::vector<T> results(Inputs<T> in) {
  using Chain = TextChain<Text>;
  std::vector<T> out(in.x.size());
  const gradus::detail::Streams<T, T, 3> at{
      nullptr, in.x.data(), {in.y.data(), in.z.data(), in.w.data(), nullptr}, out.data()};
  const T no_scalar[1]{};
  Backend::template run<Chain>(at, out.size(), no_scalar);
  return out;
}

/// Numbers at the edges of arithmetic.
template <class T>
std::vector<T> edges() {
  using Limits = std::numeric_limits<T>;
  return {T(0),
          T(-0.0),
          T(1),
          T(-1),
          T(1) / 3,
          T(-2.5),
          Limits::denorm_min(),
          -Limits::min(),
          Limits::max(),
          Limits::lowest(),
          Limits::infinity(),
          -Limits::infinity(),
          Limits::quiet_NaN()};
}

/// All pairs of edge cases as x and y, with varying z and w.
template <class T>
Inputs<T> edge_pairs() {
  Inputs<T> in;
  const auto all = edges<T>();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < all.size(); ++j)
      in.add(all[i], all[j], all[(i + j) % all.size()], all[(i + 2 * j) % all.size()]);
  return in;
}

/// Whether two numbers are the same: equal bits, or both NaN.
template <class T>
bool same_number(T a, T b) {
  if (a != a || b != b) return a != a && b != b;
  return a == b && (1 / a == 1 / b || a != 0);
}

}  // namespace support
