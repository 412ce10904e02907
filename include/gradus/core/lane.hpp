// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>

namespace gradus {

/// The value type of a policy's text: a symbol. The text runs once, at compile time, and leaves a graph, which every
/// backend evaluates on its own values: a scalar, a SIMD batch, a CUDA thread's number.
///
/// A text may assign lanes and numbers, calculate with + - * / and the functions below, where one operand of two may be
/// a number, and branch by `select`.
struct Lane {
  using Op = detail::Op;

  detail::Graph* graph = nullptr;
  short id = -1;

  constexpr Lane put(detail::Node node) const { return {graph, graph->put(node)}; }
  constexpr Lane with(Op op) const { return put({op, id}); }
  constexpr Lane with(Op op, Lane y) const { return put({op, id, y.id}); }
  constexpr Lane number(double value) const { return put({.op = Op::constant, .value = value}); }

  friend constexpr Lane operator+(Lane x, Lane y) { return x.with(Op::add, y); }
  friend constexpr Lane operator-(Lane x, Lane y) { return x.with(Op::sub, y); }
  friend constexpr Lane operator*(Lane x, Lane y) { return x.with(Op::mul, y); }
  friend constexpr Lane operator/(Lane x, Lane y) { return x.with(Op::div, y); }
  friend constexpr Lane operator-(Lane x) { return x.with(Op::neg); }

  friend constexpr Lane operator+(Lane x, double y) { return x + x.number(y); }
  friend constexpr Lane operator-(Lane x, double y) { return x - x.number(y); }
  friend constexpr Lane operator*(Lane x, double y) { return x * x.number(y); }
  friend constexpr Lane operator/(Lane x, double y) { return x / x.number(y); }
  friend constexpr Lane operator+(double x, Lane y) { return y.number(x) + y; }
  friend constexpr Lane operator-(double x, Lane y) { return y.number(x) - y; }
  friend constexpr Lane operator*(double x, Lane y) { return y.number(x) * y; }
  friend constexpr Lane operator/(double x, Lane y) { return y.number(x) / y; }

  constexpr Lane& operator=(double x) { return *this = number(x); }
  constexpr Lane& operator+=(auto x) { return *this = *this + x; }
  constexpr Lane& operator-=(auto x) { return *this = *this - x; }
  constexpr Lane& operator*=(auto x) { return *this = *this * x; }
  constexpr Lane& operator/=(auto x) { return *this = *this / x; }
};

/// A comparison of two lanes, for `select`.
struct Comparison {
  Lane::Op op;
  Lane x, y;
  bool holds = true;  ///< whether it is meant to

  constexpr Comparison operator!() const { return {op, x, y, !holds}; }
};

constexpr Comparison operator<(Lane x, Lane y) { return {Lane::Op::select_less, x, y}; }
constexpr Comparison operator>(Lane x, Lane y) { return {Lane::Op::select_less, y, x}; }
constexpr Comparison operator<=(Lane x, Lane y) { return {Lane::Op::select_less_equal, x, y}; }
constexpr Comparison operator>=(Lane x, Lane y) { return {Lane::Op::select_less_equal, y, x}; }
constexpr Comparison operator==(Lane x, Lane y) { return {Lane::Op::select_equal, x, y}; }
constexpr Comparison operator!=(Lane x, Lane y) { return !(x == y); }

constexpr Comparison operator<(Lane x, double y) { return x < x.number(y); }
constexpr Comparison operator>(Lane x, double y) { return x > x.number(y); }
constexpr Comparison operator<=(Lane x, double y) { return x <= x.number(y); }
constexpr Comparison operator>=(Lane x, double y) { return x >= x.number(y); }
constexpr Comparison operator==(Lane x, double y) { return x == x.number(y); }
constexpr Comparison operator!=(Lane x, double y) { return x != x.number(y); }
constexpr Comparison operator<(double x, Lane y) { return y > x; }
constexpr Comparison operator>(double x, Lane y) { return y < x; }
constexpr Comparison operator<=(double x, Lane y) { return y >= x; }
constexpr Comparison operator>=(double x, Lane y) { return y <= x; }
constexpr Comparison operator==(double x, Lane y) { return y == x; }
constexpr Comparison operator!=(double x, Lane y) { return y != x; }

/// `yes` where the comparison holds, `no` elsewhere; with NaN only != holds. Both are calculated.
constexpr Lane select(Comparison when, Lane yes, Lane no) {
  if (!when.holds) return select(!when, no, yes);
  return yes.put({when.op, when.x.id, when.y.id, yes.id, no.id});
}
constexpr Lane select(Comparison when, Lane yes, double no) { return select(when, yes, yes.number(no)); }
constexpr Lane select(Comparison when, double yes, Lane no) { return select(when, no.number(yes), no); }
constexpr Lane select(Comparison when, double yes, double no) { return select(when, when.x.number(yes), no); }

/// x times a scalar of the step. Consecutive scalars, and scalars in front of and behind a division, are multiplied
/// with each other first: (x a / y) b is x (a b) / y.
constexpr Lane scaled(Lane x, Lane scalar) {
  const auto node = x.graph->nodes[x.id];
  if (node.op == Lane::Op::scale) return Lane{x.graph, node.a}.with(Lane::Op::scale, Lane{x.graph, node.b} * scalar);
  if (node.op == Lane::Op::div && x.graph->nodes[node.a].op == Lane::Op::scale)
    return scaled({x.graph, node.a}, scalar) / Lane{x.graph, node.b};
  return x.with(Lane::Op::scale, scalar);
}

/// The smaller one; x if either is NaN.
constexpr Lane min(Lane x, Lane y) { return x.with(Lane::Op::min, y); }
/// The larger one; x if either is NaN.
constexpr Lane max(Lane x, Lane y) { return x.with(Lane::Op::max, y); }
constexpr Lane min(Lane x, double y) { return min(x, x.number(y)); }
constexpr Lane min(double x, Lane y) { return min(y.number(x), y); }
constexpr Lane max(Lane x, double y) { return max(x, x.number(y)); }
constexpr Lane max(double x, Lane y) { return max(y.number(x), y); }
/// x limited to [low, high]. NaN passes, an infinite limit does not limit.
constexpr Lane clamp(Lane x, auto low, auto high) { return max(min(x, high), low); }
constexpr Lane abs(Lane x) { return x.with(Lane::Op::abs); }
/// The correctly rounded square root.
constexpr Lane sqrt(Lane x) { return x.with(Lane::Op::sqrt); }
/// The cube root, within 2 units in the last place.
constexpr Lane cbrt(Lane x) { return x.with(Lane::Op::cbrt); }
/// e^x, likewise; 0 below 0.7 of the smallest normal number.
constexpr Lane exp(Lane x) { return x.with(Lane::Op::exp); }
/// The natural logarithm, within 3; -infinity at 0, NaN below.
constexpr Lane log(Lane x) { return x.with(Lane::Op::log); }
/// x^y for a positive x, as exp(y log(x)), whose error grows with the magnitude m of y log(x): within 2 + 3 m units.
constexpr Lane pow(Lane x, auto y) { return exp(y * log(x)); }
/// x * y + z, rounded once. Nothing but this is ever fused.
constexpr Lane fma(Lane x, Lane y, Lane z) { return x.put({Lane::Op::fma, x.id, y.id, z.id}); }
/// -1 or 1; zeros and NaN are their own.
constexpr Lane sign(Lane x) { return select(x > 0, 1.0, select(x < 0, -1.0, x)); }

}  // namespace gradus
