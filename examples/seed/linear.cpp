// SPDX-License-Identifier: MIT
// The first program of gradient-ascent's README: one linear unit learns to say 3 where it is told 2.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/torch.hpp>

#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/linear.h>

#include <cmath>
#include <cstdio>

int main() {
  torch::manual_seed(0);
  torch::nn::Linear model(1, 1);
  const auto data = torch::tensor({{2.0f}}), target = torch::tensor({{3.0f}});

  // [loop]
  const auto optimizer = gradus::recipe::gradient_ascent<{.logging_interval = 0}>({.lr = 0.01, .logging_interval = 0});
  auto theta = gradus::torch_parameters(*model);
  auto state = optimizer.init(theta);
  for (int step = 0; step < 1000; ++step) {
    model->zero_grad();
    const auto value = -torch::nn::functional::mse_loss(model->forward(data), target);
    value.backward();
    optimizer.ascend(theta, gradus::torch_gradients(*model), state);
  }
  // [loop]

  const double output = model->forward(data).item<double>();
  std::printf("output after training: %.6f of 3\n", output);
  return std::abs(output - 3) < 1e-4 ? 0 : 1;
}
