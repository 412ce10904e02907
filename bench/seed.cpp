// SPDX-License-Identifier: MIT
// The ten benchmarks of gradient-ascent, seeded, and climbing as they were meant to. Functions are climbed to their
// known top, and to where gradient-ascent itself went. Outputs of networks have no top, so every tensor of weights is
// held in a ball; libtorch's nearest optimizer, which divides before it averages, takes as many steps for comparison.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/torch.hpp>

#include <ATen/Parallel.h>
#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/rnn.h>
#include <torch/optim/rmsprop.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

namespace {

constexpr int steps = 1000;
constexpr double radius = 1;
bool all_reached = true;

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

using Parameters = std::vector<torch::Tensor>;

/// A case of test/oracle: where gradient-ascent itself began, and where its 1000 steps led.
struct Recorded {
  Parameters start, end;
  double tolerance;

  explicit Recorded(int number) {
    const std::string name = "/seed_benchmarks/seed-benchmark-" + std::to_string(number) + "-f32.json";
    const auto all = nlohmann::json::parse(std::ifstream(GRADUS_ORACLE + name));
    all.at("tolerance").get_to(tolerance);
    for (std::size_t i = 0; i < all.at("tensors").size(); ++i) {
      start.push_back(
          torch::tensor(all.at("tensors")[i].at("values").get<std::vector<float>>()).set_requires_grad(true));
      end.push_back(torch::tensor(all.at("final")[i].get<std::vector<float>>()));
    }
  }
};

/// Climbs a function to its top from the start of the recorded run, by gradient-ascent's defaults except for a warmup.
/// Without one it must end where that run did.
template <class Value>
void function(const char* name, int number, Value value, double top, std::int64_t warmup = 0) {
  const Recorded recorded(number);
  const Parameters& x = recorded.start;
  const auto views = [](const Parameters& all, auto of) {
    std::vector<gradus::TorchTensor> set;
    for (const auto& one : all) set.push_back(gradus::torch_view(of(one)));
    return set;
  };
  auto theta = views(x, [](const auto& one) { return one; });
  const auto optimizer = gradus::recipe::gradient_ascent<{.warmup_steps = 1, .logging_interval = 0}>(
      {.warmup_steps = warmup, .logging_interval = 0});
  auto state = optimizer.init(theta);
  const double taken = seconds([&] {
    for (int step = 0; step < steps; ++step) {
      for (const auto& one : x)
        if (one.grad().defined()) one.grad().zero_();
      value(x).backward();
      optimizer.ascend(theta, views(x, [](const auto& one) { return one.grad(); }), state);
    }
  });
  const double reached = value(x).template item<double>();
  double apart = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    apart = std::max(apart, (x[i] - recorded.end[i]).abs().max().template item<double>());
  all_reached = all_reached && std::abs(reached - top) < 1e-6 && (warmup != 0 || apart <= recorded.tolerance);
  std::printf("%-38s %9.5f in %5.2f s   its top %9.5f   ", name, reached, taken, top);
  if (warmup == 0) std::printf("%.0e of %.0e from the recorded run", apart, recorded.tolerance);
  std::printf("\n");
}

/// Climbs the output of a network: `make()` gives one, seeded, `value(network)` what is climbed.
template <class Make, class Value>
void network(const char* name, Make make, Value value) {
  auto ours = make();
  auto theta = gradus::torch_parameters(*ours);
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.9}, gradus::Adaptive{.beta = 0.999},
                                    gradus::LearningRate{.rate = 0.01}, gradus::Ball{.radius = radius}};
  auto state = optimizer.init(theta);
  const double taken = seconds([&] {
    for (int step = 0; step < steps; ++step) {
      ours->zero_grad();
      value(ours).backward();
      optimizer.ascend(theta, gradus::torch_gradients(*ours), state);
    }
  });

  auto theirs = make();
  torch::optim::RMSprop rival(theirs->parameters(), torch::optim::RMSpropOptions(0.01).alpha(0.999).momentum(0.9));
  const double rival_taken = seconds([&] {
    for (int step = 0; step < steps; ++step) {
      theirs->zero_grad();
      (-value(theirs)).backward();
      rival.step();
      torch::NoGradGuard quiet;
      for (auto& parameter : theirs->parameters())
        if (const double norm = parameter.norm().template item<double>(); norm > radius) parameter.mul_(radius / norm);
    }
  });
  const double reached = value(ours).template item<double>(), rival_reached = value(theirs).template item<double>();
  std::printf("%-38s %9.5f in %5.2f s   torch::optim::RMSprop %9.5f in %5.2f s\n", name, reached, taken, rival_reached,
              rival_taken);
}

template <class... Layer>
auto stack(Layer... layer) {
  return [=]() mutable {
    torch::manual_seed(1);
    torch::nn::Sequential net;
    (net->push_back(layer()), ...);
    return net;
  };
}
auto linear(int in, int out) {
  return [=] { return torch::nn::Linear(in, out); };
}
auto relu() {
  return [] { return torch::nn::ReLU(); };
}

torch::Tensor data(at::IntArrayRef shape) {
  torch::manual_seed(0);
  return torch::randn(shape);
}

}  // namespace

int main() {
  at::set_num_threads(1);
  const auto square = [](const Parameters& x) { return -x[0].square().sum(); };
  function(
      "1 a linear unit that is to say 10", 1,
      [](const Parameters& x) { return -(2 * x[0] + x[1] - 10).square().sum(); }, 0);
  function("2 -x^2", 2, square, 0);
  network("3 a network", stack(linear(10, 50), relu(), linear(50, 1)),
          [in = data({1, 10})](auto& net) { return net->forward(in).sum(); });
  network("4 a deeper one", stack(linear(20, 100), relu(), linear(100, 50), relu(), linear(50, 1)),
          [in = data({1, 20})](auto& net) { return net->forward(in).sum(); });
  network("5 the deepest",
          stack(linear(10, 50), relu(), linear(50, 100), relu(), linear(100, 50), relu(), linear(50, 1)),
          [in = data({1, 10})](auto& net) { return net->forward(in).sum(); });
  // The first steps are 31 rates long and leap over the first top to a lower one; warmed up, they do not.
  const auto peaks = [](const Parameters& x) { return -(torch::sin(5 * std::numbers::pi * x[0]) * x[0]).sum(); };
  function("6 -sin(5 pi x) x", 6, peaks, 0);
  function("6 the same, warmed up", 6, peaks, 0.3064986725, 100);
  function("7 -x^2 - y^2", 7, square, 0);
  network(
      "8 a convolution", [] { return torch::manual_seed(1), torch::nn::Conv2d(3, 16, 3); },
      [in = data({1, 3, 32, 32})](auto& net) { return net->forward(in).mean(); });
  network(
      "9 a recurrent network",
      [] { return torch::manual_seed(1), torch::nn::RNN(torch::nn::RNNOptions(10, 20).num_layers(2)); },
      [in = data({5, 1, 10})](auto& net) { return std::get<0>(net->forward(in)).mean(); });
  network(
      "10 long short-term memory",
      [] { return torch::manual_seed(1), torch::nn::LSTM(torch::nn::LSTMOptions(10, 20).num_layers(2)); },
      [in = data({5, 1, 10})](auto& net) { return std::get<0>(net->forward(in))[0].mean(); });
  return all_reached ? 0 : 1;
}
