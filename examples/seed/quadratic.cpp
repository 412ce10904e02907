// SPDX-License-Identifier: MIT
// gradient-ascent's quadratic_example.py: -x^2 climbed from 1. The original passed the gradient of x^2, and moved away
// from the top that it describes.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/torch.hpp>

#include <cmath>
#include <cstdio>

int main() {
  const auto x = torch::ones(1).set_requires_grad(true);
  const auto optimizer = gradus::recipe::gradient_ascent<{.lr = 0.1,
                                                          .momentum = 0.9,
                                                          .beta = 0.99,
                                                          .eps = 1e-8,
                                                          .nesterov = true,
                                                          .clip_value = 1,
                                                          .lr_decay = 0.98,
                                                          .warmup_steps = 5,
                                                          .logging_interval = 10}>();
  const auto theta = gradus::torch_view(x);
  auto state = optimizer.init(theta);
  constexpr int epochs = 30;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const auto value = -x.square();
    if (x.grad().defined()) x.grad().zero_();
    value.backward();
    optimizer.ascend(theta, gradus::torch_view(x.grad()), state);
    std::printf("epoch %d/%d, x: %.4f, f(x): %.4f\n", epoch, epochs, x.item<double>(), value.item<double>());
  }
  return std::abs(x.item<double>()) < 1e-3 ? 0 : 1;
}
