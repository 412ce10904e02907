// SPDX-License-Identifier: MIT
// The time of one step over libtorch's tensors, beside one over a pointer and a size, and beside libtorch's own
// optimizers on tensors like them, on one thread.
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
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

torch::Tensor numbers(std::int64_t size) { return torch::randn(size).set_requires_grad(true); }

// Unbound steps, which look up their tensors, and bound ones.
template <class O, class X>
struct Run {
  O optimizer;
  X theta, gradient;
  std::shared_ptr<gradus::State> state;
  decltype(optimizer.bind(theta, gradient, *state)) bound = optimizer.bind(theta, gradient, *state);
};

// Libtorch's tensors, and pointers to the very same memory with the same slots: in a cache, placement matters.
template <class O>
std::vector<bench::Contestant> ours(const O& optimizer, std::int64_t size) {
  const torch::Tensor of = numbers(size), by = torch::randn(size);
  const auto span = [](const torch::Tensor& x) {
    return std::span(x.data_ptr<float>(), static_cast<std::size_t>(x.numel()));
  };
  const auto state = std::make_shared<gradus::State>(optimizer.init(span(of)));
  std::vector<bench::Contestant> all;
  const auto add = [&]<class X>(const X& theta, const X& gradient) {
    const auto run = std::shared_ptr<Run<O, X>>(new Run<O, X>{optimizer, theta, gradient, state});
    const auto unbound = [=, keep = std::pair(of, by)] { run->optimizer.descend(run->theta, run->gradient, *state); };
    all.push_back({"unbound", bench::timed(unbound)});
    all.push_back({"bound", bench::timed([=] { run->bound.descend(); })});
  };
  add(gradus::torch_view(of), gradus::torch_view(by));
  add(span(of), span(by));
  return all;
}

template <class Rival, class Options>
bench::Contestant theirs(std::int64_t size, Options options) {
  auto theta = numbers(size);
  theta.mutable_grad() = torch::randn(size);
  return {"libtorch", bench::timed([rival = std::make_shared<Rival>(std::vector{theta}, options)] { rival->step(); })};
}

void compare(const char* rule, std::int64_t size, std::size_t rounds, std::vector<bench::Contestant> all,
             bench::Contestant rival) {
  all.push_back(std::move(rival));
  std::vector<bench::Times> times;
  bench::compete(all, rounds, 0.002, times);
  const auto median = [&](std::size_t who) { return bench::spread(times[who].seconds).median; };
  const auto by = [&](std::size_t one, std::size_t other) {
    const auto ratio = bench::ratio(times[one], times[other]);
    char text[32];
    std::snprintf(text, sizeof text, "%6.2f [%.2f, %.2f]", ratio.median, ratio.low, ratio.high);
    return std::string(text);
  };
  std::printf("%-14s %9lld %9s %9s  %-20s %-20s %s\n", rule, static_cast<long long>(size),
              bench::duration(median(0)).c_str(), bench::duration(median(4)).c_str(), by(0, 2).c_str(),
              by(1, 3).c_str(), by(4, 0).c_str());
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
      "%s, libtorch %s\nMedian time of a step of libtorch's tensors and of torch::optim; with [quartiles], what gradus "
      "takes by a pointer\nand a size, unbound and bound, and what torch::optim takes by unbound gradus.\n\n"
      "rule            elements    gradus  libtorch  by the pointer       bound                torch::optim\n",
      bench::circumstances(xsimd::default_arch::name()).c_str(), TORCH_VERSION);
  for (std::int64_t size = 2; size <= largest; size *= size == 2 ? 512 : 16) {
    compare("momentum SGD", size, rounds,
            ours(gradus::Optimizer{gradus::Momentum{0.9}, gradus::LearningRate{1e-4}}, size),
            theirs<torch::optim::SGD>(size, torch::optim::SGDOptions(1e-4).momentum(0.9)));
    compare("Adam", size, rounds, ours(gradus::recipe::adam({.lr = 1e-4}), size),
            theirs<torch::optim::Adam>(size, torch::optim::AdamOptions(1e-4)));
  }
}
