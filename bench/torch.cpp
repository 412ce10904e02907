// SPDX-License-Identifier: MIT
// The time of one step of libtorch's tensors, beside libtorch's own optimizers on tensors like them, with one thread.
#include <gradus/tensor/torch.hpp>

#include <ATen/Parallel.h>
#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>
#include <torch/version.h>

#include "report.hpp"
#include "rounds.hpp"

#include <gradus/optimizer.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

namespace {

torch::Tensor numbers(std::int64_t size) { return torch::randn(size).set_requires_grad(true); }

template <class O>
bench::Contestant ours(const O& optimizer, std::int64_t size) {
  const auto theta = gradus::torch_view(numbers(size)), gradient = gradus::torch_view(torch::randn(size));
  return {"gradus",
          bench::timed([=, state = optimizer.init(theta)]() mutable { optimizer.descend(theta, gradient, state); })};
}

template <class Rival, class Options>
bench::Contestant theirs(std::int64_t size, Options options) {
  auto theta = numbers(size);
  theta.mutable_grad() = torch::randn(size);
  return {"libtorch", bench::timed([rival = std::make_shared<Rival>(std::vector{theta}, options)] { rival->step(); })};
}

void compare(const char* rule, std::int64_t size, std::size_t rounds, std::vector<bench::Contestant> all) {
  std::vector<bench::Times> times;
  bench::compete(all, rounds, 0.002, times);
  const auto ratio = bench::ratio(times[1], times[0]);
  std::printf("%-14s %9lld  %10s  %10s   %6.2f [%.2f, %.2f]\n", rule, static_cast<long long>(size),
              bench::duration(bench::spread(times[0].seconds).median).c_str(),
              bench::duration(bench::spread(times[1].seconds).median).c_str(), ratio.median, ratio.low, ratio.high);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t largest = std::int64_t{16} << 20;
  std::size_t rounds = 21;
  CLI::App app{"The time of a step of libtorch's tensors, beside its own optimizers"};
  app.add_option("--max-n", largest, "Largest number of elements")->capture_default_str();
  app.add_option("--rounds", rounds, "Turns that each takes")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  at::set_num_threads(1);
  std::printf(
      "%s, libtorch %s\nMedian time of a step, and libtorch's by that of gradus with [quartiles].\n\n"
      "rule            elements      gradus    libtorch    ratio\n",
      bench::circumstances(xsimd::default_arch::name()).c_str(), TORCH_VERSION);
  for (std::int64_t size = 2; size <= largest; size *= size == 2 ? 512 : 16) {
    compare("momentum SGD", size, rounds,
            {ours(gradus::Optimizer{gradus::Momentum{0.9}, gradus::LearningRate{1e-4}}, size),
             theirs<torch::optim::SGD>(size, torch::optim::SGDOptions(1e-4).momentum(0.9))});
    compare("Adam", size, rounds,
            {ours(gradus::recipe::adam({.lr = 1e-4}), size),
             theirs<torch::optim::Adam>(size, torch::optim::AdamOptions(1e-4))});
  }
}
