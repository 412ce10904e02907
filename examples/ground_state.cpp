// SPDX-License-Identifier: MIT
// Complex parameters: the ground state of an electron on a ring through which a magnetic flux goes, by descent on the
// sphere. Its energy is known: -2 cos((2 pi n + flux) / sites) of the nearest integer n.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <complex>
#include <cstdio>
#include <numbers>
#include <vector>

using State = std::vector<std::complex<double>>;

// The energy <z, H z> of hops to both neighbours, and its gradient 2 H z.
double energy(const State& z, State& gradient, double flux) {
  const std::size_t sites = z.size();
  const auto hop = -std::polar(1.0, flux / static_cast<double>(sites));
  double sum = 0;
  for (std::size_t i = 0; i < sites; ++i) {
    const auto hopped = hop * z[(i + 1) % sites] + std::conj(hop) * z[(i + sites - 1) % sites];
    gradient[i] = 2.0 * hopped;
    sum += std::real(std::conj(z[i]) * hopped);
  }
  return sum;
}

int main() {
  constexpr std::size_t sites = 12;
  const double flux = 2.0;

  // [ground_state]
  State z(sites), gradient(sites);
  for (std::size_t i = 0; i < sites; ++i) z[i] = std::polar(1.0, static_cast<double>(i * i));

  const gradus::Optimizer optimizer{gradus::Tangent{}, gradus::Momentum{0.9}, gradus::LearningRate{0.05},
                                    gradus::Sphere{}};
  auto state = optimizer.init(z);
  double value = 0;
  for (int step = 0; step < 1000; ++step) {
    value = energy(z, gradient, flux);
    optimizer.descend(z, gradient, state);
  }
  // [ground_state]

  const double known = -2 * std::cos(flux / sites);
  std::printf("energy %.9f, known %.9f\n", value, known);
  return std::abs(value - known) < 1e-6 ? 0 : 1;
}
