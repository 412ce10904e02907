// SPDX-License-Identifier: MIT
// Dual numbers: how far 20 steps come depends on their rate, and the steps themselves also yield the derivative of
// their end by the rate. So the rate is learned: its logarithm descends the logarithm of what is left.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

// [dual]
/// A value, and its derivative by something.
struct Dual {
  double value = 0, derivative = 0;

  Dual(double x = 0, double by = 0) : value(x), derivative(by) {}
  friend Dual operator+(Dual x, Dual y) { return {x.value + y.value, x.derivative + y.derivative}; }
  friend Dual operator*(Dual x, Dual y) { return {x.value * y.value, x.derivative * y.value + x.value * y.derivative}; }
  friend Dual operator-(Dual x) { return {-x.value, -x.derivative}; }
};

template <>
struct gradus::number_traits<Dual> {
  static double value(Dual x) { return x.value; }
  static Dual unit() { return {0, 1}; }
};
// [dual]

// The sum of squares left by 20 steps down 8 hills (c x)^2 / 2 from 1, c from 0.3 to 1, and its derivative by the rate.
Dual left(double rate) {
  constexpr std::size_t size = 8;
  // [learned_rate]
  const gradus::Optimizer optimizer{gradus::differentiated<&gradus::LearningRate::rate>(gradus::LearningRate{rate})};
  std::vector<Dual> x(size, Dual{1}), gradient(size);
  auto state = optimizer.init(x);
  for (int step = 0; step < 20; ++step) {
    for (std::size_t i = 0; i < size; ++i)
      gradient[i] = Dual{std::pow(0.3, 2.0 * static_cast<double>(i) / (size - 1))} * x[i];
    optimizer.descend(x, gradient, state);
  }
  // [learned_rate]
  Dual sum;
  for (const Dual one : x) sum = sum + one * one;
  return sum;
}

int main() {
  double log_rate = std::log(0.01), first = left(0.01).value, last = first;
  const gradus::Optimizer outer{gradus::CorrectedMomentum{}, gradus::CorrectedAdaptive{}, gradus::LearningRate{0.1},
                                gradus::Decay{0.98}};
  auto state = outer.init(log_rate);
  for (int step = 0; step < 200; ++step) {
    const double rate = std::exp(log_rate);
    const Dual now = left(rate);
    last = now.value;
    outer.descend(log_rate, rate * now.derivative / now.value, state);
  }

  // No rate on a fine grid leaves less by more than a hundredth.
  double best = first, best_rate = 0.01;
  for (double rate = 0.01; rate < 3.5; rate *= 1.01)
    if (const double here = left(rate).value; here < best) best = here, best_rate = rate;
  std::printf("left of 8: %.4f at rate 0.01, %.4f at the learned %.3f; the best of a grid is %.4f at %.3f\n", first,
              last, std::exp(log_rate), best, best_rate);
  return last < 1.01 * best ? 0 : 1;
}
