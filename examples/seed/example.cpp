// SPDX-License-Identifier: MIT
// gradient-ascent's example.py, with all that it had to leave out because it led to non-finite numbers: Nesterov's
// look-ahead, a clip, a decay, a warmup, and a log.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/torch.hpp>

#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/linear.h>

#include <cmath>
#include <cstdio>

int main() {
  torch::manual_seed(0);
  torch::nn::Linear model(1, 1);
  const auto optimizer = gradus::recipe::gradient_ascent<{.lr = 0.1,
                                                          .momentum = 0.9,
                                                          .beta = 0.99,
                                                          .eps = 1e-8,
                                                          .nesterov = true,
                                                          .clip_value = 1,
                                                          .lr_decay = 0.98,
                                                          .warmup_steps = 5,
                                                          .logging_interval = 100}>();
  const auto data = torch::tensor({{2.0f}}), target = torch::tensor({{3.0f}});
  auto theta = gradus::torch_parameters(*model);
  auto state = optimizer.init(theta);
  for (int step = 0; step < 1000; ++step) {
    model->zero_grad();
    (-torch::nn::functional::mse_loss(model->forward(data), target)).backward();
    optimizer.ascend(theta, gradus::torch_gradients(*model), state);
  }

  const double output = model->forward(data).item<double>();
  std::printf("output after training: %.6f of 3\n", output);
  return std::abs(output - 3) < 1e-4 ? 0 : 1;
}
