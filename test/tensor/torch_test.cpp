// SPDX-License-Identifier: MIT
#include <gradus/tensor/torch.hpp>

#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>
#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>
// libtorch defines macros with these names.
#undef CHECK
#undef CHECK_EQ
#undef CHECK_NE
#undef CHECK_LT
#undef CHECK_LE
#undef CHECK_GT
#undef CHECK_GE
#undef REQUIRE

#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

using namespace gradus;
using support::TensorLaws;

static_assert(WritableTensor<TorchView<float>> && !owns<TorchView<double>>() && !read_only<const TorchView<float>>());
static_assert(Choice<TorchTensor> && Set<TorchSet>);

namespace {

template <class T>
constexpr torch::ScalarType kind = torch::kFloat32;
template <>
constexpr torch::ScalarType kind<double> = torch::kFloat64;
template <>
constexpr torch::ScalarType kind<std::complex<float>> = torch::kComplexFloat;
template <>
constexpr torch::ScalarType kind<std::complex<double>> = torch::kComplexDouble;

// Access with libtorch's own indexing.
const auto element = []<class T>(TorchView<T>& x, auto... at) -> T& {
  const std::array<std::int64_t, sizeof...(at)> index{static_cast<std::int64_t>(at)...};
  std::int64_t offset = 0;
  for (std::size_t a = 0; a < index.size(); ++a) offset += index[a] * x.tensor.stride(static_cast<std::int64_t>(a));
  return reinterpret_cast<T*>(x.tensor.data_ptr())[offset];
};

std::string refusal(const torch::Tensor& tensor) {
  try {
    torch_view(tensor);
  } catch (const Refused& refused) {
    return refused.what();
  }
  return "accepted";
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// A small net of doubles, with its gradient for some loss.
struct Net {
  torch::nn::Sequential layers{torch::nn::Linear(3, 4), torch::nn::Linear(4, 2)};
  torch::Tensor in = torch::tensor({{1.0, -2.0, 0.5}, {0.25, 3.0, -1.0}}, torch::kFloat64);

  Net() {
    layers->to(torch::kFloat64);
    torch::NoGradGuard quiet;
    double x = 0.3;
    for (auto& parameter : layers->parameters())
      for (std::int64_t i = 0; i < parameter.numel(); ++i) parameter.data_ptr<double>()[i] = x = 3.7 * x * (1 - x);
  }
  void backward() {
    layers->zero_grad();
    layers->forward(in).square().sum().backward();
  }
};

}  // namespace

TEST_SUITE_BEGIN("libtorch");

TEST_CASE_TEMPLATE("tensors and their parts obey the laws", T, float, double, std::complex<float>,
                   std::complex<double>) {
  const auto view = [](const torch::Tensor& x) { return TorchView<T>{x}; };
  TensorLaws<T, 2>({41, 33}).hold(view(torch::zeros({41, 33}, kind<T>)), element);
  TensorLaws<T, 2>({41, 33}).hold(view(torch::zeros({33, 41}, kind<T>).t()), element);
  TensorLaws<T, 2>({41, 33}).hold(view(torch::zeros({90, 70}, kind<T>).slice(0, 2, 84, 2).slice(1, 1, 34)), element);
  TensorLaws<T, 1>({41}).hold(view(torch::zeros({41, 33}, kind<T>).select(1, 7)), element);
  TensorLaws<T, 3>({5, 17, 13}).hold(view(torch::zeros({13, 5, 17}, kind<T>).permute({1, 2, 0})), element);
  TensorLaws<T, 2>({0, 4}).hold(view(torch::zeros({0, 4}, kind<T>)), element);
  TensorLaws<T, 1>({1}).hold(view(torch::zeros({1}, kind<T>)), element);
  TensorLaws<T, 0>({}).hold(view(torch::zeros({}, kind<T>)), element);
}

TEST_CASE("the element type is the tensor's at run time") {
  CHECK(std::holds_alternative<TorchView<float>>(torch_view(torch::zeros(3))));
  CHECK(std::holds_alternative<TorchView<double>>(torch_view(torch::zeros(3, torch::kFloat64))));
  auto theta = std::tuple{torch_view(torch::ones(2)), torch_view(torch::ones(3, torch::kFloat64))};
  const auto gradient = theta;
  const Optimizer optimizer{ClipNorm{1}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, gradient, state);
  CHECK(std::get<1>(std::get<1>(theta)).tensor[2].item<double>() == doctest::Approx(1 - 1 / std::sqrt(5.0)));
}

TEST_CASE("complex tensors step like standard complex numbers, also by their own gradients") {
  const auto start = torch::randn({3, 2}, torch::kComplexDouble),
             gradient = torch::randn({3, 2}, torch::kComplexDouble);
  const auto numbers = [](const torch::Tensor& x) {
    const auto* first = reinterpret_cast<const std::complex<double>*>(x.data_ptr());
    return std::vector(first, first + x.numel());
  };
  const auto x = start.clone();
  std::vector<std::complex<double>> want = numbers(start);
  const Optimizer optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}};
  auto state = optimizer.init(torch_complex_view(x));
  auto of_want = optimizer.init(want);
  for (int step = 0; step < 3; ++step) {
    optimizer.ascend(torch_complex_view(x), torch_complex_view(gradient), state);
    optimizer.ascend(want, std::span<const std::complex<double>>(numbers(gradient)), of_want);
  }
  CHECK(numbers(x) == want);

  // The gradient of |z - c|^2 that backward() leaves leads straight to c.
  const auto c = torch::randn({3, 2}, torch::kComplexFloat);
  const auto z = torch::zeros({3, 2}, torch::TensorOptions(torch::kComplexFloat).requires_grad(true));
  (z - c).abs().square().sum().backward();
  const Optimizer half{LearningRate{0.5}};
  auto of_z = half.init(torch_complex_view(z));
  half.descend(torch_complex_view(z), of_z);
  CHECK(torch::allclose(z.detach(), c));
}

TEST_CASE("a temporary part can be a parameter, and the rest of its tensor is untouched") {
  const auto all = torch::zeros({2, 3}, torch::kFloat64);
  const Optimizer<> plain;
  auto state = plain.init(torch_view(all.select(1, 1)));
  plain.ascend(torch_view(all.select(1, 1)), torch_view(torch::tensor({5.0, 7.0}, torch::kFloat64)), state);
  CHECK(all.equal(torch::tensor({{0.0, 5.0, 0.0}, {0.0, 7.0, 0.0}}, torch::kFloat64)));
}

TEST_CASE("a step without a gradient argument uses what backward() left, and nothing before backward() was called") {
  const auto w = torch::tensor({1.0, 2.0}, torch::TensorOptions(torch::kFloat64).requires_grad(true));
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(torch_view(w));
  optimizer.descend(torch_view(w), state);
  CHECK(w.detach().equal(torch::tensor({1.0, 2.0}, torch::kFloat64)));
  (w * w).sum().backward();
  optimizer.descend(torch_view(w), state);
  CHECK(w.detach().equal(torch::tensor({0.0, 0.0}, torch::kFloat64)));

  Net net, same;
  net.backward(), same.backward();
  auto theta = torch_parameters(*net.layers), by_name = torch_parameters(*same.layers);
  const auto adam = recipe::adam();
  auto kept = adam.init(theta), given = adam.init(by_name);
  adam.descend(theta, kept);
  adam.descend(by_name, torch_gradients(*same.layers), given);
  const auto a = net.layers->parameters(), b = same.layers->parameters();
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].equal(b[i]));
}

TEST_CASE("a module trains as with libtorch's own optimizers") {
  Net ours, theirs;
  const auto train = [&](const auto& optimizer, torch::optim::Optimizer& rival) {
    auto theta = torch_parameters(*ours.layers);
    auto state = optimizer.init(theta);
    for (int step = 0; step < 20; ++step) {
      ours.backward(), theirs.backward();
      optimizer.descend(theta, torch_gradients(*ours.layers), state);
      rival.step();
    }
    const auto a = ours.layers->parameters(), b = theirs.layers->parameters();
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(torch::allclose(a[i], b[i], 1e-12, 0));
    CHECK_FALSE(a[0].equal(Net().layers->parameters()[0]));
  };
  SUBCASE("Adam") {
    torch::optim::Adam rival(theirs.layers->parameters(), torch::optim::AdamOptions(0.01));
    train(recipe::adam({.lr = 0.01}), rival);
  }
  SUBCASE("SGD with momentum") {
    torch::optim::SGD rival(theirs.layers->parameters(), torch::optim::SGDOptions(0.001).momentum(0.9));
    train(recipe::sgd<recipe::Sgd{.momentum = 0.9}>({.lr = 0.001, .momentum = 0.9}), rival);
  }
}

TEST_CASE("parameters have the module's names, and one without a gradient is left untouched") {
  Net net;
  auto theta = torch_parameters(*net.layers);
  CHECK(theta.size() == 4);
  CHECK(theta.contains("0.weight"));
  CHECK(theta.contains("1.bias"));
  net.backward();
  auto parameters = net.layers->named_parameters();
  parameters["1.bias"].mutable_grad().reset();
  CHECK(torch_gradients(*net.layers).size() == 3);
  const auto before = parameters["1.bias"].detach().clone(), moved = parameters["0.bias"].detach().clone();
  const Optimizer optimizer{Momentum{}, WeightDecay{0.1}, LearningRate{0.1}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, torch_gradients(*net.layers), state);
  CHECK(parameters["1.bias"].equal(before));
  CHECK_FALSE(parameters["0.bias"].equal(moved));
}

TEST_CASE("a step is not recorded by autograd, and gradients can be zeroed by name") {
  Net net;
  net.backward();
  auto theta = torch_parameters(*net.layers);
  const Optimizer optimizer{LearningRate{0.1}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, torch_gradients(*net.layers), state);
  for (const auto& parameter : net.layers->parameters()) {
    CHECK(parameter.is_leaf());
    CHECK_FALSE(parameter.grad_fn());
    CHECK(parameter.requires_grad());
  }
  zero(torch_gradients(*net.layers));
  for (const auto& parameter : net.layers->parameters()) CHECK(parameter.grad().abs().sum().item<double>() == 0);
}

TEST_CASE("autograd refuses to go back through what a step has changed since") {
  const auto w = torch::ones(3, torch::TensorOptions(torch::kFloat64).requires_grad(true));
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(torch_view(w));
  const auto loss = w.square().sum();
  optimizer.descend(torch_view(w), torch_view(torch::ones(3, torch::kFloat64)), state);
  CHECK_THROWS_WITH(loss.backward(), doctest::Contains("modified by an inplace operation"));
  w.square().sum().backward();
  CHECK(w.grad().equal(torch::ones(3, torch::kFloat64)));

  // A step leaf by leaf marks the leaves that have stepped, as on the way back through a network.
  auto of_w = optimizer.init(torch_view(w));
  const auto other = w.square().sum();
  auto theta = torch_view(w);
  auto step = optimizer.begin_descent(theta, of_w);
  other.backward();
  CHECK(w.grad().equal(2 * torch::ones(3, torch::kFloat64)));
}

TEST_CASE("a tensor that cannot be stepped is refused with the reason and a remedy") {
  CHECK(has(refusal({}), "a torch::Tensor (undefined) cannot be stepped: it has no elements"));
  CHECK(has(refusal(torch::ones({2, 3}, torch::kInt32)),
            "(CPUIntType [2, 3]) cannot be stepped: its elements are neither"));
  CHECK(has(refusal(torch::ones(2, torch::kComplexDouble)), "take torch_complex_view(x)"));
  CHECK_THROWS_WITH_AS(torch_complex_view(torch::ones(2)), doctest::Contains("take torch_view(x)"), Refused);
  CHECK(has(refusal(torch::imag(torch::ones(2, torch::kComplexFloat).conj())), "its signs are not in memory yet"));
  CHECK(has(refusal(torch::ones({2, 2}).to_sparse()), "as numbers with strides"));
  CHECK(has(refusal(torch::ones({1, 1, 1, 1, 1, 1, 1, 1, 1})), "more than 8 extents"));
}

TEST_CASE("a gradient of the other type is refused by the parameter's name") {
  TorchSet theta{{"w", torch_view(torch::ones(2))}}, gradient{{"w", torch_view(torch::ones(2, torch::kFloat64))}};
  const Optimizer<> plain;
  auto state = plain.init(theta);
  CHECK_THROWS_WITH_AS(plain.ascend(theta, gradient, state),
                       "gradus: w is a std::variant that holds TorchView<float>, its gradient holds TorchView<double>; "
                       "give a gradient of the type that the parameter has now",
                       Refused);
}

TEST_SUITE_END();
