// SPDX-License-Identifier: MIT
#include "libraries.hpp"

#include <ATen/Parallel.h>
#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>

#include <torch/nn/utils/clip_grad.h>  // needs what stands above

#include <memory>
#include <vector>

namespace libraries {

namespace {

torch::Tensor over(float* at, std::size_t size) { return torch::from_blob(at, {static_cast<std::int64_t>(size)}); }

}  // namespace

// It goes downhill, so that it gets the gradient negated; and keeps slots of its own.
bench::Stopwatch libtorch(Rule rule, Problem x) {
  at::set_num_threads(1);
  std::vector parameters{over(x.parameter, x.size).requires_grad_(true)};
  parameters[0].mutable_grad() = -over(const_cast<float*>(x.gradient), x.size);
  if (rule == Rule::momentum)
    return bench::timed([optimizer = std::make_shared<torch::optim::SGD>(
                             parameters, torch::optim::SGDOptions(x.rate).momentum(x.factor))] { optimizer->step(); });
  const auto optimizer = std::make_shared<torch::optim::Adam>(
      parameters, torch::optim::AdamOptions(x.rate).betas({x.factor, x.beta}).eps(x.epsilon));
  if (rule == Rule::adam) return bench::timed([optimizer] { optimizer->step(); });
  return bench::timed([=] {
    torch::nn::utils::clip_grad_norm_(parameters, x.largest_norm);
    optimizer->step();
  });
}

}  // namespace libraries
