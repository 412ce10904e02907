// SPDX-License-Identifier: MIT
// Fits a mixture of three normal distributions by gradient ascent on its likelihood, on a GPU and for comparison on the
// CPU. The same code does both; only the type of the vectors differs. To build it for a GPU, or for Thrust's stand-in
// without one:
//
//   nvcc -std=c++20 -arch=sm_90 -Iinclude examples/gpu_mixture.cu -o gpu_mixture
//   g++ -std=c++20 -O2 -x c++ -DTHRUST_DEVICE_SYSTEM=THRUST_DEVICE_SYSTEM_CPP -Iinclude examples/gpu_mixture.cu
#include <gradus/backend/thrust.hpp>
#include <gradus/core/device.hpp>
#include <gradus/optimizer.hpp>
#include <gradus/tensor/thrust.hpp>

#include <thrust/copy.h>
#include <thrust/device_vector.h>
#include <thrust/transform_reduce.h>
#include <CLI/CLI.hpp>
#include <boost/hana/define_struct.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <numbers>
#include <random>
#include <vector>

namespace {

using Host = std::vector<double>;
using Device = thrust::device_vector<double>;
const char* const device_name = THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA ? "GPU" : "stand-in";

constexpr std::size_t components = 3;

/// What the optimizer moves. Nothing is constrained: the weights are the softmax of the logits.
template <class Vector>
struct Mixture {
  BOOST_HANA_DEFINE_STRUCT(Mixture, (Vector, logits), (Vector, means), (Vector, log_deviations));
};

/// The same as a point needs it: what depends on no point is worked out once.
struct Density {
  double weight[components], mean[components], deviation[components], log_height[components];
};

/// Fetches the parameters from wherever they lie.
template <class Vector>
Density density_of(const Mixture<Vector>& theta) {
  Density density{};
  thrust::copy_n(theta.logits.begin(), components, density.weight);
  thrust::copy_n(theta.means.begin(), components, density.mean);
  thrust::copy_n(theta.log_deviations.begin(), components, density.deviation);
  double total = 0;
  for (double& weight : density.weight) total += weight = std::exp(weight);
  for (std::size_t k = 0; k < components; ++k) {
    density.weight[k] /= total;
    density.deviation[k] = std::exp(density.deviation[k]);
    density.log_height[k] = std::log(density.weight[k] / density.deviation[k]) - std::log(2 * std::numbers::pi) / 2;
  }
  return density;
}

/// What points say of a mixture: the value and its gradient follow from it.
struct Evidence {
  double log_likelihood;
  double share[components];   // how much of the points belongs to a component
  double pull[components];    // where they want its mean, in deviations
  double spread[components];  // how much wider they want it
};

struct Ask {
  Density density;

  GRADUS_DEVICE Evidence operator()(double x) const {
    double z[components], likelihood[components], top = -HUGE_VAL, total = 0;
    for (std::size_t k = 0; k < components; ++k) {
      z[k] = (x - density.mean[k]) / density.deviation[k];
      likelihood[k] = density.log_height[k] - z[k] * z[k] / 2;
      top = std::fmax(top, likelihood[k]);
    }
    for (double& l : likelihood) total += l = std::exp(l - top);  // one of them is 1, however far the point
    Evidence evidence{};
    evidence.log_likelihood = top + std::log(total);
    for (std::size_t k = 0; k < components; ++k) {
      evidence.share[k] = likelihood[k] / total;
      evidence.pull[k] = evidence.share[k] * z[k];
      evidence.spread[k] = evidence.share[k] * (z[k] * z[k] - 1);
    }
    return evidence;
  }
};

struct Add {
  GRADUS_DEVICE Evidence operator()(Evidence a, const Evidence& b) const {
    a.log_likelihood += b.log_likelihood;
    for (std::size_t k = 0; k < components; ++k) {
      a.share[k] += b.share[k];
      a.pull[k] += b.pull[k];
      a.spread[k] += b.spread[k];
    }
    return a;
  }
};

/// The log-likelihood per point, with its gradient. Thrust sees from iterators where the points lie, and sums there;
/// only a handful of numbers is transferred.
template <class Vector>
double log_likelihood(const Vector& points, const Mixture<Vector>& theta, Mixture<Vector>& gradient) {
  const Density density = density_of(theta);
  Evidence sum = thrust::transform_reduce(points.begin(), points.end(), Ask{density}, Evidence{}, Add{});
  const double each = 1 / static_cast<double>(points.size());
  for (std::size_t k = 0; k < components; ++k) {
    sum.share[k] = sum.share[k] * each - density.weight[k];
    sum.pull[k] *= each / density.deviation[k];
    sum.spread[k] *= each;
  }
  thrust::copy_n(sum.share, components, gradient.logits.begin());
  thrust::copy_n(sum.pull, components, gradient.means.begin());
  thrust::copy_n(sum.spread, components, gradient.log_deviations.begin());
  return sum.log_likelihood * each;
}

struct Fit {
  Density found;
  std::vector<double> curve;  // log-likelihood per point, before every step and after the last
  double seconds;
};

// [fit]
/// Climbs from `start`, with all numbers in a Vector: a std::vector, or a thrust::device_vector.
template <class Vector>
Fit fit(const Host& sample, const Mixture<Host>& start, std::size_t steps) {
  const Vector points = sample;
  Mixture<Vector> theta{start.logits, start.means, start.log_deviations}, gradient = theta;
  const gradus::Optimizer adam{gradus::CorrectedMomentum{}, gradus::CorrectedAdaptive{},
                               gradus::LearningRate{.rate = 0.05}};
  auto state = adam.init(theta);

  std::vector<double> curve;
  const auto begin = std::chrono::steady_clock::now();  // the points have arrived
  for (std::size_t step = 0; step < steps; ++step) {
    curve.push_back(log_likelihood(points, theta, gradient));
    adam.ascend(theta, gradient, state);
  }
  curve.push_back(log_likelihood(points, theta, gradient));
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  return {density_of(theta), curve, passed.count()};
}
// [fit]

Host draw(const Density& truth, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::discrete_distribution<std::size_t> component(truth.weight, truth.weight + components);
  std::normal_distribution<double> normal;
  Host points(count);
  for (double& x : points) {
    const std::size_t k = component(random);
    x = truth.mean[k] + truth.deviation[k] * normal(random);
  }
  return points;
}

void print_curves(const Fit& host, const Fit& device, double truth) {
  std::printf("log-likelihood per point\n step  %12s  %12s\n", "CPU", device_name);
  const std::size_t last = host.curve.size() - 1, stride = std::max<std::size_t>(last / 10, 1);
  for (std::size_t step = 0; step <= last; step += stride)
    std::printf("%5zu  %12.8f  %12.8f\n", step, host.curve[step], device.curve[step]);
  std::printf("truth  %12.8f\n", truth);
}

void print_components(const char* name, const Density& density) {
  std::printf("%-8s  weight (mean, deviation):", name);
  for (std::size_t k = 0; k < components; ++k)
    std::printf("  %.4f (%.4f, %.4f)", density.weight[k], density.mean[k], density.deviation[k]);
  std::printf("\n");
}

/// The largest difference of any weight, mean or deviation.
double distance(const Density& a, const Density& b) {
  double most = 0;
  for (std::size_t k = 0; k < components; ++k)
    most = std::max({most, std::abs(a.weight[k] - b.weight[k]), std::abs(a.mean[k] - b.mean[k]),
                     std::abs(a.deviation[k] - b.deviation[k])});
  return most;
}

/// The maximum is never less likely than the truth, so the tolerance is for a climb cut short. A mean may miss by what
/// the sample explains: five standard errors, taken half as large again because no point tells where it comes from.
bool arrived(const Fit& fit, const Fit& truth, std::size_t points) {
  constexpr double tolerance = 1e-5;  // nats per point
  bool found = fit.curve.back() >= truth.curve.back() - tolerance;
  for (std::size_t k = 0; k < components; ++k) {
    const double labelled = truth.found.deviation[k] / std::sqrt(truth.found.weight[k] * static_cast<double>(points));
    found = found && std::abs(fit.found.mean[k] - truth.found.mean[k]) <= 5 * 1.5 * labelled;
  }
  return found;
}

bool run(std::size_t points, std::size_t steps, std::uint64_t seed) {
  const Mixture<Host> right{
      {std::log(0.5), std::log(0.3), std::log(0.2)}, {-3, 0.5, 4}, {std::log(0.8), std::log(0.5), std::log(1.2)}};
  const Mixture<Host> start{{0, 0, 0}, {-2, 0, 2}, {0, 0, 0}};
  const Host sample = draw(density_of(right), points, seed);

  const Fit truth = fit<Host>(sample, right, 0);
  const Fit host = fit<Host>(sample, start, steps), device = fit<Device>(sample, start, steps);
  print_curves(host, device, truth.curve.back());
  print_components("truth", truth.found);
  print_components("CPU", host.found);
  print_components(device_name, device.found);
  std::printf("%zu points, %zu steps: CPU %.3f s, %s %.3f s; the fits are %.1e apart\n", points, steps, host.seconds,
              device_name, device.seconds, distance(host.found, device.found));
  const bool both = arrived(host, truth, points) && arrived(device, truth, points);
  std::printf("%s\n", both ? "both found the mixture" : "a fit did not arrive at the mixture");
  return both;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Fits a mixture of normal distributions by gradient ascent, on a GPU and on the CPU.", "gpu_mixture"};
  std::size_t points = 200'000, steps = 300;
  std::uint64_t seed = 7;
  app.add_option("--points", points, "to draw")->check(CLI::Range(1'000, 1'000'000'000))->capture_default_str();
  app.add_option("--steps", steps, "of gradient ascent")->check(CLI::Range(1, 1'000'000))->capture_default_str();
  app.add_option("--seed", seed, "of the points")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return run(points, steps, seed) ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gpu_mixture: %s\n", error.what());
    return 1;
  }
}
