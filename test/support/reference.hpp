// SPDX-License-Identifier: MIT
#pragma once

#include "support/values.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace support {

/// A number with a bound on how much roundings inside its formula may move it, in units of the roundoff: the
/// same formula with absolute values, so that where terms cancel it stays as large as the terms.
template <class R>
struct Conditioned {
  R value = 0;
  R size = 0;

  Conditioned() = default;
  Conditioned(R exact) : value(exact), size(std::abs(exact)) {}
  Conditioned(R x, R bound) : value(x), size(bound) {}
};

template <class R>
Conditioned<R> operator+(Conditioned<R> x, Conditioned<R> y) {
  return {x.value + y.value, x.size + y.size};
}
template <class R>
Conditioned<R> operator-(Conditioned<R> x, Conditioned<R> y) {
  return {x.value - y.value, x.size + y.size};
}
template <class R>
Conditioned<R> operator*(R factor, Conditioned<R> x) {
  return {factor * x.value, std::abs(factor) * x.size};
}

/// The policies' formulas as the table states them, element by element, with an `if` where the library has a type. R is
/// wider than what it is compared with.
template <class R>
class Reference {
 public:
  using Vector = std::vector<Conditioned<R>>;

  Reference(const Kinds& composition, const Values& hyper) : kinds(composition), values(hyper) {}

  Vector parameter{};
  std::vector<Vector> slots{};  ///< of `momentum` and `adaptive`, in their order in the composition
  R power = 1;                  ///< decay^(steps taken)

  /// One step along `direction`: 1 up, -1 down.
  void take(const std::vector<R>& incoming, R direction) {
    ++step;
    gradient.assign(incoming.size(), {});
    for (std::size_t i = 0; i < incoming.size(); ++i) gradient[i] = direction * incoming[i];
    update = gradient;
    one = true;
    std::size_t slot = 0;
    for (const Kind kind : kinds) act(kind, slot);
    for (std::size_t i = 0; i < parameter.size(); ++i) parameter[i] = parameter[i] + update[i];
    power *= static_cast<R>(values.decay);
  }

 private:
  void act(Kind kind, std::size_t& slot) {
    if (kind == Kind::clip_norm) return clip_norm();
    if (kind == Kind::momentum || kind == Kind::adaptive) ++slot;
    for (std::size_t i = 0; i < update.size(); ++i) {
      Conditioned<R>& u = update[i];
      if (kind == Kind::clip) u.value = std::clamp(u.value, -R(values.clip), R(values.clip));
      if (kind == Kind::momentum) u = momentum(slots[slot - 1][i], u);
      if (kind == Kind::nesterov) u = gradient[i] + R(values.factor) * slots[slot - 1][i];
      if (kind == Kind::adaptive) u = adaptive(slots[slot - 1][i], gradient[i], u);
      if (kind == Kind::weight_decay) u = u - R(values.weight_decay) * parameter[i];
      if (kind == Kind::learning_rate) u = R(values.rate) * u;
      if (kind == Kind::warmup) u = warmup() * u;
      if (kind == Kind::decay) u = power * u;
    }
    if (kind == Kind::clip || kind == Kind::weight_decay) received();
    else one = false;
  }

  Conditioned<R> momentum(Conditioned<R>& v, Conditioned<R> u) const {
    return v = R(values.factor) * v + (1 - R(values.dampening)) * u;
  }

  Conditioned<R> adaptive(Conditioned<R>& s, Conditioned<R> g, Conditioned<R> u) const {
    const Conditioned<R> square{g.value * g.value, g.size * g.size};
    s = R(values.beta) * s + (1 - R(values.beta)) * square;
    const R root = std::sqrt(s.value);
    const R root_size = s.value == 0 ? 0 : root + s.size / (2 * root);
    const R divisor = root + R(values.epsilon);
    return {u.value / divisor, u.size / divisor + std::abs(u.value) / divisor * (1 + root_size / divisor)};
  }

  R warmup() const { return step >= values.warmup ? R(1) : R(step) / R(values.warmup); }

  void clip_norm() {
    const R order = values.order;
    R sum = 0, size = 0;
    for (const Conditioned<R>& u : update) {
      if (std::isinf(order)) sum = std::max(sum, std::abs(u.value)), size = std::max(size, u.size);
      else sum += std::pow(std::abs(u.value), order), size += std::pow(u.size, order);
    }
    if (!std::isinf(order)) sum = std::pow(sum, 1 / order), size = std::pow(size, 1 / order);
    const R limit = values.norm, epsilon = values.norm_epsilon;
    if (sum == 0 || limit >= size + epsilon) return received();
    const R factor = std::min(R(1), limit / (sum + epsilon));
    for (Conditioned<R>& u : update)
      u = {factor * u.value, factor * u.size + factor * std::abs(u.value) * (1 + size / sum)};
    received();
  }

  // A policy that changes what it receives changes the gradient too while the two are still one.
  void received() {
    if (one) gradient = update;
  }

  Kinds kinds;
  Values values;
  std::int64_t step = 0;
  Vector gradient{}, update{};
  bool one = true;
};

/// Whether `x`, computed in T from the same inputs, is as close as rounding allows: 8 eps A.
template <class T, class R>
bool close(T x, const Conditioned<R>& expected) {
  using Limits = std::numeric_limits<T>;
  const R bound = 8 * (R(Limits::epsilon()) * expected.size + R(Limits::denorm_min()));
  return std::abs(R(x) - expected.value) <= bound;
}

}  // namespace support
