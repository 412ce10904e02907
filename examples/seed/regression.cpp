// SPDX-License-Identifier: MIT
// The second program of gradient-ascent's README: a linear model of five numbers, fitted to ten made-up rows. The
// residual of least squares is known without climbing.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/torch.hpp>

#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/loss.h>

#include <cstdio>

int main() {
  torch::manual_seed(0);
  torch::nn::Linear model(5, 1);
  const auto data = torch::randn({10, 5}), target = torch::randn({10, 1});
  torch::nn::MSELoss loss_of;

  const auto optimizer = gradus::recipe::gradient_ascent<{.lr_decay = 0.995, .logging_interval = 200}>();
  auto theta = gradus::torch_parameters(*model);
  auto state = optimizer.init(theta);
  double loss = 0;
  for (int epoch = 0; epoch < 1000; ++epoch) {
    const auto output = model->forward(data);
    const auto misses = loss_of(output, target);
    loss = misses.item<double>();
    gradus::zero(gradus::torch_gradients(*model));
    (-misses).backward();  // ascent, so the sign is turned
    optimizer.ascend(theta, gradus::torch_gradients(*model), state);
  }

  const auto rows = torch::cat({data, torch::ones({10, 1})}, 1);
  const auto misses = target - rows.matmul(rows.pinverse().matmul(target));
  const double least = misses.square().mean().item<double>();
  std::printf("mean squared error %.6f, least possible %.6f\n", loss, least);
  return loss - least < 1e-5 ? 0 : 1;
}
