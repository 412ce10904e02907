// SPDX-License-Identifier: MIT
// The ten benchmarks of gradient-ascent, seeded and climbing as they meant to. Those of a function go to its known top.
// The outputs of networks have none, so that every tensor of weights is held in a ball; beside gradus, the optimizer of
// libtorch that is nearest takes as many steps.
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

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
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

/// Climbs a function of x to its top at `top`, by gradient-ascent's defaults but for a warmup.
template <class Value>
void function(const char* name, std::vector<float> start, Value value, double top, std::int64_t warmup = 0) {
  const auto x = torch::tensor(start).set_requires_grad(true);
  const auto theta = gradus::torch_view(x);
  const auto optimizer = gradus::recipe::gradient_ascent<{.warmup_steps = 1, .logging_interval = 0}>(
      {.warmup_steps = warmup, .logging_interval = 0});
  auto state = optimizer.init(theta);
  const double taken = seconds([&] {
    for (int step = 0; step < steps; ++step) {
      if (x.grad().defined()) x.grad().zero_();
      value(x).backward();
      optimizer.ascend(theta, gradus::torch_view(x.grad()), state);
    }
  });
  const double off = (x - top).abs().max().template item<double>();
  all_reached = all_reached && off < 1e-4;
  std::printf("%-38s x = %-10.6f its top %-10.6f off by %.0e        %5.2f s\n", name, x[0].template item<double>(), top,
              off, taken);
}

/// Climbs the output of a network: `make()` gives one, seeded, `value(network)` what is to grow.
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
  all_reached = all_reached && reached > 0.99 * rival_reached;
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
  const auto square = [](const torch::Tensor& x) { return -x.square().sum(); };
  function(
      "1 a linear unit that is to say 10", {0.5f}, [](const torch::Tensor& x) { return -(2 * x - 10).square().sum(); },
      5);
  function("2 -x^2", {1}, square, 0);
  network("3 a network", stack(linear(10, 50), relu(), linear(50, 1)),
          [in = data({1, 10})](auto& net) { return net->forward(in).sum(); });
  network("4 a deeper one", stack(linear(20, 100), relu(), linear(100, 50), relu(), linear(50, 1)),
          [in = data({1, 20})](auto& net) { return net->forward(in).sum(); });
  network("5 the deepest",
          stack(linear(10, 50), relu(), linear(50, 100), relu(), linear(100, 50), relu(), linear(50, 1)),
          [in = data({1, 10})](auto& net) { return net->forward(in).sum(); });
  // The first steps are 31 rates long and leap over the first top to a lower one; warmed up, they do not.
  const auto peaks = [](const torch::Tensor& x) { return -(torch::sin(5 * std::numbers::pi * x) * x).sum(); };
  function("6 -sin(5 pi x) x", {0.5f}, peaks, 0);
  function("6 the same, warmed up", {0.5f}, peaks, 0.3127827813, 100);
  function("7 -x^2 - y^2", {1, 1}, square, 0);
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
