// SPDX-License-Identifier: MIT
// gradient-ascent's visualization.py: the output of one linear unit on its way to the target, live on a terminal, as
// lines elsewhere, and as a picture at the end in the folder that is the first argument.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/torch.hpp>

#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/linear.h>

#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "../drawing.hpp"

namespace {

constexpr double target = 9;

// The axis from 0 to 18, with the output on it and the target in its middle.
void show(std::size_t epoch, double output) {
  if (isatty(STDOUT_FILENO)) {
    std::string axis(73, '.');
    axis[36] = '|';
    axis[static_cast<std::size_t>(std::lround(std::fmin(std::fmax(4 * output, 0), 72)))] = 'o';
    std::printf("\r%4zu %s %7.4f", epoch, axis.c_str(), output);
    std::fflush(stdout);
    usleep(3000);
  } else if (epoch % 100 == 0) {
    std::printf("%4zu %8.5f of %g\n", epoch, output, target);
  }
}

void draw(const std::string& folder, const std::vector<double>& outputs) {
  drawing::make_folder(folder);
  drawing::write(std::filesystem::path(folder) / "visualization.dat", [&](std::ostream& out) {
    for (const double output : outputs) out << output << " " << target << "\n";
  });
  drawing::run_gnuplot({"-c", SEED_SCRIPTS "/visualization.gp", folder, SEED_SCRIPTS "/../uses"});
}

}  // namespace

int main(int argc, char** argv) {
  try {
    torch::manual_seed(0);
    torch::nn::Linear model(1, 1);
    const auto optimizer = gradus::recipe::gradient_ascent<{.logging_interval = 0}>(
        {.lr = 0.1, .momentum = 0.9, .beta = 0.99, .eps = 1e-8, .logging_interval = 0});
    auto theta = gradus::torch_parameters(*model);
    auto state = optimizer.init(theta);
    std::vector<double> outputs;
    for (std::size_t epoch = 0; epoch < 1000; ++epoch) {
      model->zero_grad();
      const auto output = model->forward(torch::tensor({{2.0f}}));
      (-torch::nn::functional::mse_loss(output, torch::tensor({{static_cast<float>(target)}}))).backward();
      optimizer.ascend(theta, gradus::torch_gradients(*model), state);
      outputs.push_back(output.item<double>());
      show(epoch, outputs.back());
    }
    std::printf("\noutput after training: %.6f of %g\n", outputs.back(), target);
    if (argc > 1) draw(argv[1], outputs);
    return std::abs(outputs.back() - target) < 0.05 ? 0 : 1;  // the rate stays: now and then a step leaves the target
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}
