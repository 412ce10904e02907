// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/graph.hpp>
#include <gradus/core/number_ops.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace gradus::detail {

/// An affine function of N variables, or a value known not to be one.
template <std::size_t N>
struct Affine {
  std::array<double, N> slope{};  ///< with respect to each variable
  double offset = 0;              ///< where all variables are 0
  bool straight = true;

  static constexpr Affine number(double x) { return {{}, x}; }
  static constexpr Affine variable(std::size_t which, double slope = 1) {
    Affine x;
    x.slope[which] = slope;
    return x;
  }

  constexpr bool is_number() const {
    return straight && std::all_of(slope.begin(), slope.end(), [](double s) { return s == 0; });
  }
};

/// a x
template <std::size_t N>
constexpr Affine<N> scaled(double a, Affine<N> x) {
  for (double& slope : x.slope) slope *= a;
  x.offset *= a;
  return x;
}

/// a x + b y
template <std::size_t N>
constexpr Affine<N> mix(double a, const Affine<N>& x, double b, const Affine<N>& y) {
  Affine<N> z{x.slope, a * x.offset + b * y.offset, x.straight && y.straight};
  for (std::size_t k = 0; k < N; ++k) z.slope[k] = a * z.slope[k] + b * y.slope[k];
  return z;
}

// Functions that are constant expressions.
using Doubles = NumberOps<double>;

constexpr double value_at(Op op, double a, double b, double c, double d) {
  switch (op) {
    case Op::min: return Doubles::min(a, b);
    case Op::max: return Doubles::max(a, b);
    case Op::abs: return Doubles::abs(a);
    case Op::sqrt: return Doubles::sqrt(a);
    case Op::cbrt: return Doubles::cbrt(a);
    case Op::exp: return Doubles::exp(a);
    case Op::log: return Doubles::log(a);
    case Op::select_less: return Doubles::choose_less(a, b, c, d);
    case Op::select_less_equal: return Doubles::choose_less_equal(a, b, c, d);
    case Op::select_equal: return Doubles::choose_equal(a, b, c, d);
    default: return a;
  }
}

template <std::size_t N>
constexpr Affine<N> product(const Affine<N>& x, const Affine<N>& y) {
  if (x.is_number() && is_finite(x.offset)) return x.offset == 0 ? x : scaled(x.offset, y);
  if (y.is_number() && is_finite(y.offset)) return product(y, x);
  Affine<N> bent = x;
  bent.straight = false;
  return bent;
}

template <std::size_t N>
using SquareMatrix = std::array<std::array<double, N>, N>;

// A node, given those before it. Nonlinear operations are evaluated only if they do not depend on variables.
template <std::size_t N>
constexpr Affine<N> affine_node(const Node& n, const Affine<N>* stream, const double* scalar, const Affine<N>* before) {
  const auto of = [&](short id) -> const Affine<N>& { return before[id]; };
  switch (n.op) {
    case Op::stream: return stream[n.a];
    case Op::scalar: return Affine<N>::number(scalar[n.a]);
    case Op::constant: return Affine<N>::number(n.value);
    case Op::add: return mix(1, of(n.a), 1, of(n.b));
    case Op::sub: return mix(1, of(n.a), -1, of(n.b));
    case Op::neg: return scaled(-1, of(n.a));
    case Op::mul:
    case Op::scale: return product(of(n.a), of(n.b));
    case Op::fma: return mix(1, product(of(n.a), of(n.b)), 1, of(n.c));
    case Op::div:
      if (of(n.b).is_number() && Doubles::abs(of(n.b).offset) >= std::numeric_limits<double>::min())
        return scaled(1 / of(n.b).offset, of(n.a));
      break;
    case Op::select_less:
    case Op::select_less_equal:
    case Op::select_equal:
      if (of(n.a).is_number() && of(n.b).is_number())
        return of(value_at(n.op, of(n.a).offset, of(n.b).offset, 1, 0) == 1 ? n.c : n.d);
      break;
    default: break;
  }
  Affine<N> node;
  node.straight = n.op != Op::div;
  double value[4]{};
  const short operand[] = {n.a, n.b, n.c, n.d};
  for (int k = 0; k < operands(n.op); ++k)
    value[k] = of(operand[k]).offset, node.straight = node.straight && of(operand[k]).is_number();
  if (node.straight) node.offset = value_at(n.op, value[0], value[1], value[2], value[3]);
  return node;
}

/// All nodes of a graph as functions of the variables, given its streams and scalars.
template <std::size_t N>
constexpr void affine_nodes(const Graph& graph, const Affine<N>* stream, const double* scalar, Affine<N>* all) {
  for (int i = 0; i < graph.size; ++i) all[i] = affine_node(graph.nodes[i], stream, scalar, all);
}

/// The largest magnitude of an eigenvalue: the limit of |M^k|^(1/k), k doubling.
template <std::size_t N>
constexpr double spectral_radius(SquareMatrix<N> m) {
  double log_radius = 0;
  for (double share = 1; share > 1e-15; share /= 2) {
    double norm = 0;
    for (const auto& row : m) {
      double sum = 0;
      for (const double x : row) sum += Doubles::abs(x);
      norm = std::max(norm, sum);
    }
    if (norm == 0) return 0;
    log_radius += share * Doubles::log(norm);
    for (auto& row : m)
      for (double& x : row) x /= norm;
    // Most entries are 0: adding them would take most of the steps that a compiler allows a constant.
    SquareMatrix<N> squared{};
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t k = 0; k < N; ++k)
        if (const double factor = m[i][k]; factor != 0)
          for (std::size_t j = 0; j < N; ++j) squared[i][j] += factor * m[k][j];
    m = squared;
  }
  return Doubles::exp(log_radius);
}

/// The asymptotic growth per step of variables that become `next` in a step. Those that are not affine, and those that
/// depend on such, are left out.
template <std::size_t N>
constexpr double growth(const std::array<Affine<N>, N>& next) {
  std::array<bool, N> in;
  in.fill(true);
  const auto take_out_one = [&](auto which) {
    for (std::size_t k = 0; k < N; ++k)
      if (in[k] && which(k)) return in[k] = false, true;
    return false;
  };
  const auto leads_out = [&](std::size_t k) {
    for (std::size_t j = 0; j < N; ++j)
      if (next[k].slope[j] != 0 && !in[j]) return true;
    return !next[k].straight;
  };
  while (take_out_one(leads_out)) continue;

  // A variable that depends on no other one left has its own factor as an eigenvalue. That settles most maps.
  double radius = 0;
  const auto alone = [&](std::size_t k) {
    for (std::size_t j = 0; j < N; ++j)
      if (in[j] && j != k && next[k].slope[j] != 0) return false;
    radius = std::max(radius, Doubles::abs(next[k].slope[k]));
    return true;
  };
  while (take_out_one(alone)) continue;

  SquareMatrix<N> rest{};
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j)
      if (in[i] && in[j]) rest[i][j] = next[i].slope[j];
  return std::max(radius, spectral_radius<N>(rest));
}

}  // namespace gradus::detail
