// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace gradus {

/// A number that follows some variables in a straight line, or is known not to.
struct Affine {
  std::vector<double> slope;  ///< by each variable
  double offset = 0;          ///< where all variables are 0
  bool straight = true;

  static Affine number(std::size_t variables, double x) { return {std::vector<double>(variables), x}; }
  static Affine variable(std::size_t variables, std::size_t which, double slope = 1) {
    Affine x = number(variables, 0);
    x.slope[which] = slope;
    return x;
  }

  bool is_number() const {
    return straight && std::all_of(slope.begin(), slope.end(), [](double s) { return s == 0; });
  }
};

/// a x
inline Affine scaled(double a, Affine x) {
  for (double& slope : x.slope) slope *= a;
  x.offset *= a;
  return x;
}

/// a x + b y
inline Affine mix(double a, const Affine& x, double b, const Affine& y) {
  Affine z{x.slope, a * x.offset + b * y.offset, x.straight && y.straight};
  for (std::size_t k = 0; k < z.slope.size(); ++k) z.slope[k] = a * x.slope[k] + b * y.slope[k];
  return z;
}

namespace detail {

inline double value_at(Op op, double a, double b, double c, double d) {
  switch (op) {
    case Op::min: return b < a ? b : a;
    case Op::max: return a < b ? b : a;
    case Op::abs: return std::abs(a);
    case Op::sqrt: return std::sqrt(a);
    case Op::cbrt: return std::cbrt(a);
    case Op::exp: return std::exp(a);
    case Op::log: return std::log(a);
    case Op::select_less: return a < b ? c : d;
    case Op::select_less_equal: return a <= b ? c : d;
    case Op::select_equal: return a == b ? c : d;
    default: return a;
  }
}

inline Affine product(const Affine& x, const Affine& y) {
  if (x.is_number()) return x.offset == 0 ? x : scaled(x.offset, y);
  if (y.is_number()) return product(y, x);
  Affine bent = x;
  bent.straight = false;
  return bent;
}

}  // namespace detail

/// All nodes of a graph as functions of the variables, given its streams and scalars. What is not linear is evaluated
/// only where it does not depend on them.
inline std::vector<Affine> affine_nodes(const Graph& graph, const std::vector<Affine>& stream, const double* scalar) {
  const std::size_t variables = stream.front().slope.size();
  std::vector<Affine> all;
  for (int i = 0; i < graph.size; ++i) {
    const Node& n = graph.nodes[i];
    const auto of = [&](short id) -> const Affine& { return all[static_cast<std::size_t>(id)]; };
    const auto write = [&]() -> Affine {
      switch (n.op) {
        case Op::stream: return stream[static_cast<std::size_t>(n.a)];
        case Op::scalar: return Affine::number(variables, scalar[n.a]);
        case Op::constant: return Affine::number(variables, n.value);
        case Op::add: return mix(1, of(n.a), 1, of(n.b));
        case Op::sub: return mix(1, of(n.a), -1, of(n.b));
        case Op::neg: return scaled(-1, of(n.a));
        case Op::mul:
        case Op::scale: return detail::product(of(n.a), of(n.b));
        case Op::fma: return mix(1, detail::product(of(n.a), of(n.b)), 1, of(n.c));
        case Op::div:
          if (of(n.b).is_number() && of(n.b).offset != 0) return scaled(1 / of(n.b).offset, of(n.a));
          break;
        case Op::select_less:
        case Op::select_less_equal:
        case Op::select_equal:
          if (of(n.a).is_number() && of(n.b).is_number())
            return of(detail::value_at(n.op, of(n.a).offset, of(n.b).offset, 1, 0) == 1 ? n.c : n.d);
          break;
        default: break;
      }
      Affine known = Affine::number(variables, 0);
      double value[4]{};
      const short operand[] = {n.a, n.b, n.c, n.d};
      for (int k = 0; k < operands(n.op); ++k)
        value[k] = of(operand[k]).offset, known.straight = known.straight && of(operand[k]).is_number();
      known.straight = known.straight && n.op != Op::div;
      known.offset = detail::value_at(n.op, value[0], value[1], value[2], value[3]);
      return known;
    };
    all.push_back(write());
  }
  return all;
}

/// The largest magnitude of an eigenvalue: the limit of |M^k|^(1/k), k doubling.
inline double spectral_radius(std::vector<std::vector<double>> m) {
  const std::size_t n = m.size();
  double log_radius = 0;
  for (double share = 1; share > 1e-15; share /= 2) {
    double norm = 0;
    for (const auto& row : m) {
      double sum = 0;
      for (const double x : row) sum += std::abs(x);
      norm = std::max(norm, sum);
    }
    if (norm == 0) return 0;
    log_radius += share * std::log(norm);
    std::vector<std::vector<double>> squared(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k) squared[i][j] += m[i][k] / norm * (m[k][j] / norm);
    m = std::move(squared);
  }
  return std::exp(log_radius);
}

/// By how much variables that become `next` in a step grow in a step, at last. Those that do not follow in straight
/// lines, and those that follow such, are left out.
inline double growth(const std::vector<Affine>& next) {
  std::vector<std::size_t> in;
  for (std::size_t k = 0; k < next.size(); ++k) in.push_back(k);
  const auto is_in = [&](std::size_t k) { return std::find(in.begin(), in.end(), k) != in.end(); };
  const auto take_out_one = [&](auto which) {
    const auto found = std::find_if(in.begin(), in.end(), which);
    if (found == in.end()) return false;
    in.erase(found);
    return true;
  };
  const auto leads_out = [&](std::size_t k) {
    for (std::size_t j = 0; j < next.size(); ++j)
      if (next[k].slope[j] != 0 && !is_in(j)) return true;
    return !next[k].straight;
  };
  while (take_out_one(leads_out)) continue;

  // Who follows no other that is left has its own factor as an eigenvalue. That uses up most maps.
  double radius = 0;
  const auto alone = [&](std::size_t k) {
    for (const std::size_t j : in)
      if (j != k && next[k].slope[j] != 0) return false;
    radius = std::max(radius, std::abs(next[k].slope[k]));
    return true;
  };
  while (take_out_one(alone)) continue;

  std::vector<std::vector<double>> rest;
  for (const std::size_t i : in) {
    rest.emplace_back();
    for (const std::size_t j : in) rest.back().push_back(next[i].slope[j]);
  }
  return std::max(radius, spectral_radius(std::move(rest)));
}

}  // namespace gradus
