// SPDX-License-Identifier: MIT
#include <gradus/backend/thrust.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>
#include <gradus/tensor/thrust.hpp>

#include <doctest/doctest.h>

#include <thrust/copy.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Compiled once for every device system of Thrust: CUDA runs the same tests as the others. All bits match the host's.

using namespace gradus;

namespace {

// How a system runs kernels does not depend on the type: what takes long to compile is compiled for both types only for
// the sequential system and for a GPU.
#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CPP || THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA
using Types = std::tuple<float, double>;
#else
using Types = std::tuple<float>;
#endif

template <class T>
using OnHost = std::vector<std::vector<T>>;
template <class T>
using OnDevice = std::vector<thrust::device_vector<T>>;

template <class T>
OnDevice<T> there(const OnHost<T>& here) {
  OnDevice<T> all;
  for (const auto& leaf : here) all.emplace_back(leaf);
  return all;
}

template <class T>
std::vector<T> here(const thrust::device_vector<T>& there) {
  std::vector<T> leaf(there.size());
  thrust::copy(there.begin(), there.end(), leaf.begin());
  return leaf;
}

template <class T>
bool same(const OnHost<T>& here_, const OnDevice<T>& there_) {
  for (std::size_t l = 0; l < here_.size(); ++l)
    if (!support::same_bits(here_[l], here(there_[l]))) return false;
  return true;
}

/// Everything that a state stores, as bytes.
std::uint64_t hash(const State& state) {
  support::Hash hash;
  state.visit([&](std::string_view, std::string_view, auto values) { hash.add(values); });
  return hash.value();
}

template <class T>
OnHost<T> leaves(const support::Sizes& sizes, std::uint64_t seed) {
  OnHost<T> all;
  for (const std::size_t size : sizes) all.push_back(support::gradient<T>(size, seed++));
  return all;
}

// Takes steps up and down on the host and on the device and compares them after each.
template <class T, class Optimizer>
void compare(const std::string& name, const Optimizer& optimizer, const support::Sizes& sizes) {
  CAPTURE(name);
  OnHost<T> theta = leaves<T>(sizes, 100);
  for (auto& leaf : theta)
    for (T& x : leaf) x = std::abs(x) + T(0.5);  // multiplicative updates need positive parameters
  OnDevice<T> device = there(theta);
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  for (std::uint64_t step = 0; step < 5; ++step) {
    CAPTURE(step);
    const OnHost<T> g = leaves<T>(sizes, 7 * step);
    const OnDevice<T> device_g = there(g);
    if (step < 3) optimizer.ascend(theta, g, state), optimizer.ascend(device, device_g, device_state);
    else optimizer.descend(theta, g, state), optimizer.descend(device, device_g, device_state);
    device_state.wait();
    REQUIRE(same(theta, device));
    REQUIRE(hash(state) == hash(device_state));
  }
}

template <class T>
void compare_all(const support::Sizes& sizes) {
  compare<T>("plain", Optimizer{LearningRate{0.1}}, sizes);
  compare<T>("seed's chain", Optimizer{Clip{1}, Momentum{0.9}, Nesterov{}, Adaptive{}, LearningRate{0.1}, Warmup{3}},
             sizes);
  compare<T>("adam", recipe::adam(), sizes);
  compare<T>("norm of the gradient", Optimizer{ClipNorm{3}, AveragedMomentum{}, LearningRate{0.1}}, sizes);
  compare<T>("sum of magnitudes", Optimizer{ClipNorm{3, 1, 1e-3}, Momentum{}, LearningRate{0.1}}, sizes);
  compare<T>("largest magnitude", Optimizer{ClipNorm{3, std::numeric_limits<double>::infinity()}, LearningRate{0.1}},
             sizes);
  compare<T>("norm of the update", Optimizer{Momentum{}, Adaptive{}, ClipNorm{0.5}, LearningRate{0.1}}, sizes);
  compare<T>("norms of leaves", Optimizer{ClipLeafNorm{0.5}, Momentum{}, LearningRate{0.1}}, sizes);
  compare<T>("sums of leaves", recipe::lars(), sizes);
  compare<T>("sums of all, numbers kept", recipe::dog(), sizes);
  compare<T>("sums that the writing pass leaves", recipe::prodigy(), sizes);
  compare<T>("calls that gather", Optimizer{Accumulate{2}, ClipNorm{1}, Momentum{}, LearningRate{0.1}}, sizes);
  compare<T>("guarded", Optimizer{SkipNonFinite{}, RefuseNonFinite{}, Momentum{}, LearningRate{0.1}}, sizes);
  compare<T>("slots from the parameters", recipe::schedule_free_sgd(), sizes);
  compare<T>("cube root", recipe::madgrad(), sizes);
  compare<T>("a factor that a momentum follows",
             Optimizer{follow<&Momentum::factor>(Decay{0.9}, Momentum{0.9}), LearningRate{0.1}}, sizes);
  compare<T>("the same behind a norm",
             Optimizer{ClipNorm{3}, follow<&Momentum::factor>(Decay{0.9}, Momentum{0.9}), LearningRate{0.1}}, sizes);
  compare<T>("sums that settle", Optimizer{ClipNorm{3}, LearningRate{0.1}, L1Ball{50}, Simplex{4}}, sizes);
  compare<T>("exponential", Optimizer{LearningRate{0.01}, ExponentiatedGradient{}}, sizes);
  compare<T>("by schedule", Optimizer{follow<&Clip::value>(Cosine{.steps = 40}), Momentum{}, LearningRate{0.1}}, sizes);
}

}  // namespace

TEST_SUITE_BEGIN("thrust backend");

TEST_CASE_TEMPLATE_DEFINE("one leaf of any size", T, one_leaf) {
  for (const std::size_t size : support::Sizes{0, 1, 4, 1023, 2048, 4099}) {
    CAPTURE(size);
    compare<T>("adam", recipe::adam(), {size});
    compare<T>("clip norm", Optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}}, {size});
  }
  compare_all<T>({40001});
}
TEST_CASE_TEMPLATE_APPLY(one_leaf, Types);

TEST_CASE_TEMPLATE_DEFINE("many leaves, some ending within a block", T, many_leaves) {
  compare_all<T>({5, 4096, 7000, 0, 1, 8191, 1});
}
TEST_CASE_TEMPLATE_APPLY(many_leaves, Types);

TEST_CASE("a set with float and double leaves") {
  const Optimizer optimizer{ClipNorm{1}, Momentum{}, ClipLeafNorm{0.5}, LearningRate{0.1}};
  auto theta = std::tuple(support::parameters<float>(5000), support::parameters<double>(300));
  const auto g = std::tuple(support::gradient<float>(5000), support::gradient<double>(300));
  auto device =
      std::tuple(thrust::device_vector<float>(std::get<0>(theta)), thrust::device_vector<double>(std::get<1>(theta)));
  const auto device_g =
      std::tuple(thrust::device_vector<float>(std::get<0>(g)), thrust::device_vector<double>(std::get<1>(g)));
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  for (int step = 0; step < 3; ++step) {
    optimizer.ascend(theta, g, state);
    optimizer.ascend(device, device_g, device_state);
  }
  device_state.wait();
  // The sums of both types are added at the end, the host's in the order of the leaves: equal up to the last bits.
  const auto x = here(std::get<0>(device));
  const auto y = here(std::get<1>(device));
  for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(x[i] == doctest::Approx(std::get<0>(theta)[i]).epsilon(1e-6));
  for (std::size_t i = 0; i < y.size(); ++i) REQUIRE(y[i] == doctest::Approx(std::get<1>(theta)[i]).epsilon(1e-14));
}

TEST_CASE_TEMPLATE("drawn numbers match the host's up to the last bits of logarithm and sine", T, float, double) {
  const support::Sizes sizes{1, 5, 2049, 6000};
  const Optimizer optimizer{Noise{.seed = 3}, ClipNorm{3}, WeightDecay{0.01}, LearningRate{0.1}, Langevin{0.1, 4}};
  OnHost<T> theta = leaves<T>(sizes, 100);
  OnDevice<T> device = there(theta);
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  for (std::uint64_t step = 0; step < 5; ++step) {
    const OnHost<T> g = leaves<T>(sizes, 7 * step);
    optimizer.ascend(theta, g, state), optimizer.ascend(device, there(g), device_state);
    device_state.wait();
  }
  for (std::size_t l = 0; l < sizes.size(); ++l) {
    const std::vector<T> found = here(device[l]);
    for (std::size_t i = 0; i < sizes[l]; ++i)
      REQUIRE(std::abs(found[i] - theta[l][i]) <= 100 * std::numeric_limits<T>::epsilon());
  }
}

TEST_CASE("slots and gradients of other types") {
  const auto optimizer = recipe::adam();
  std::vector<double> theta = support::parameters<double>(3001);
  const std::vector<float> g = support::gradient<float>(3001);
  thrust::device_vector<double> device(theta);
  const thrust::device_vector<float> device_g(g);
  auto state = optimizer.init(theta, Storage<float, float>{});
  auto device_state = optimizer.init(device, Storage<float, float>{});
  for (int step = 0; step < 4; ++step) {
    optimizer.descend(theta, g, state);
    optimizer.descend(device, device_g, device_state);
  }
  device_state.wait();
  CHECK(support::same_bits(theta, here(device)));
}

TEST_CASE("views that start at any offset in memory") {
  const auto optimizer = Optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}};
  const std::vector<float> all = support::parameters<float>(5000);
  const std::vector<float> g = support::gradient<float>(5000);
  thrust::device_vector<float> device(all);
  const thrust::device_vector<float> device_g(g);
  for (const std::ptrdiff_t begin : {1, 2, 3, 4}) {
    std::vector<float> theta(all.begin() + begin, all.end() - 8);
    const std::vector<float> part(g.begin() + 5, g.begin() + 5 + std::ssize(theta));
    thrust::copy(all.begin(), all.end(), device.begin());
    const DeviceSpan view{device.data() + begin, theta.size()};
    const DeviceSpan<const float> gradient{thrust::raw_pointer_cast(device_g.data()) + 5, theta.size()};
    auto state = optimizer.init(theta);
    auto device_state = optimizer.init(view);
    optimizer.ascend(theta, part, state);
    optimizer.ascend(view, gradient, device_state);
    device_state.wait();
    std::vector<float> want(all);
    std::copy(theta.begin(), theta.end(), want.begin() + begin);
    CHECK(support::same_bits(want, here(device)));
  }
}

TEST_CASE("a leaf without a gradient is unchanged, and its clock stands still") {
  const auto optimizer = recipe::adam();
  OnHost<float> theta = leaves<float>({3000, 50, 700}, 1);
  OnDevice<float> device = there(theta);
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  for (std::uint64_t step = 0; step < 6; ++step) {
    const OnHost<float> g = leaves<float>({3000, 50, 700}, step);
    std::vector<std::optional<std::vector<float>>> some;
    std::vector<std::optional<thrust::device_vector<float>>> some_there;
    for (std::size_t l = 0; l < g.size(); ++l) {
      const bool present = step != 2 || l != 1;
      some.push_back(present ? std::optional(g[l]) : std::nullopt);
      some_there.push_back(present ? std::optional(thrust::device_vector<float>(g[l])) : std::nullopt);
    }
    optimizer.ascend(theta, some, state);
    optimizer.ascend(device, some_there, device_state);
    device_state.wait();  // the gradient is destroyed here
    REQUIRE(same(theta, device));
    REQUIRE(hash(state) == hash(device_state));
  }
}

TEST_CASE("a non-finite gradient is refused when the state is next used, and its step is not taken") {
  const Optimizer optimizer{RefuseNonFinite{}, Momentum{}};
  OnDevice<float> theta = there<float>({std::vector<float>(10, 1), std::vector<float>(5000, 1)});
  OnDevice<float> g = theta;
  g[1][4321] = -std::numeric_limits<float>::infinity();
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK_THROWS_WITH_AS(state.wait(), doctest::Contains("[1] is -inf at element 4321"), Refused);
  CHECK(state.step() == 0);
  CHECK(here(theta[0]) == std::vector<float>(10, 1));
  g[1][4321] = 1;
  optimizer.ascend(theta, g, state);
  CHECK(state.step() == 1);
  CHECK(here(theta[1]) == std::vector<float>(5000, 2));
}

TEST_CASE_TEMPLATE("norms of huge, tiny or infinite gradients match the host's", T, float, double) {
  const double top = std::numeric_limits<T>::max(), end = std::numeric_limits<T>::denorm_min();
  for (const double extreme : {top, top / 3, end, 3 * end, std::numeric_limits<double>::infinity(), 0.0})
    for (const double order : {1.0, 2.0, std::numeric_limits<double>::infinity()}) {
      CAPTURE(extreme);
      CAPTURE(order);
      const Optimizer optimizer{ClipNorm{.norm = 1, .order = order}};
      std::vector<T> theta{1, 2, 3};
      const std::vector<T> g{static_cast<T>(extreme), static_cast<T>(extreme), 0};
      thrust::device_vector<T> device(theta);
      auto state = optimizer.init(theta);
      auto device_state = optimizer.init(device);
      optimizer.ascend(theta, g, state);
      optimizer.ascend(device, thrust::device_vector<T>(g), device_state);
      device_state.wait();
      const std::vector<T> result = here(device);
      for (std::size_t i = 0; i < theta.size(); ++i) {
        if (is_nan(theta[i])) CHECK(is_nan(result[i]));
        else CHECK(result[i] == doctest::Approx(theta[i]).epsilon(4 * std::numeric_limits<T>::epsilon()));
      }
    }
}

TEST_CASE("SkipNonFinite skips and counts steps with a non-finite gradient") {
  const Optimizer optimizer{SkipNonFinite{.most = 1}, Momentum{}};
  thrust::device_vector<double> theta(100, 1.0), g(100, 1.0);
  g[3] = std::numeric_limits<double>::quiet_NaN();
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(state.skipped() == 1);
  CHECK(state.step() == 0);
  optimizer.ascend(theta, g, state);
  CHECK_THROWS_AS(state.wait(), Refused);
  g[3] = 1;
  optimizer.ascend(theta, g, state);
  CHECK(state.step() == 1);
  CHECK(state.skipped_in_a_row() == 0);
  CHECK(here(theta) == std::vector<double>(100, 2));
}

TEST_CASE("an observer receives the same reports as on the host") {
  const Optimizer optimizer{Clip{0.5}, LearningRate{0.25}, Warmup{4}};
  std::vector<double> theta = support::parameters<double>(9000);
  const std::vector<double> g = support::gradient<double>(9000);
  thrust::device_vector<double> device(theta);
  const thrust::device_vector<double> device_g(g);
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  std::vector<double> seen, seen_there;
  const auto look = [](std::vector<double>& all) {
    return [&all](const Report& r) { all.insert(all.end(), {static_cast<double>(r.step), r.rate, r.gradient_norm}); };
  };
  for (int step = 0; step < 3; ++step) {
    optimizer.ascend(theta, g, state, look(seen));
    optimizer.ascend(device, device_g, device_state, look(seen_there));
  }
  CHECK(seen == seen_there);
  CHECK(support::same_bits(theta, here(device)));
}

TEST_CASE("a bound step uses changed hyper-parameters and the current values of the gradient") {
  Optimizer optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}};
  std::vector<float> theta = support::parameters<float>(3000), g(3000);
  thrust::device_vector<float> device(theta), device_g(3000);
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  auto steps = optimizer.bind(theta, g, state);
  auto device_steps = optimizer.bind(device, device_g, device_state, backend::Thrust{});
  for (std::uint64_t step = 0; step < 12; ++step) {
    if (step == 6) optimizer.get<LearningRate>().rate = 0.01;
    const std::vector<float> now = support::gradient<float>(3000, step);
    std::copy(now.begin(), now.end(), g.begin());  // written in place
    thrust::copy(g.begin(), g.end(), device_g.begin());
    steps.descend();
    device_steps.descend();
  }
  device_state.wait();
  CHECK(support::same_bits(theta, here(device)));
}

TEST_CASE("bound steps of one state do not take each other's gradients, whatever their types") {
  thrust::device_vector<double> theta(4, 0.0), up(4, 1.0);
  const thrust::device_vector<double> down(4, -10.0);
  const Optimizer climb{LearningRate{1}};
  auto state = climb.init(theta);
  auto first = climb.bind(theta, up, state);
  auto second = climb.bind(theta, down, state);
  first.ascend(), second.ascend(), first.ascend();
  state.wait();
  CHECK(theta[0] == 1 - 10 + 1);
}

TEST_CASE("a copied state continues like the original, and a host state continues on a device") {
  const auto optimizer = Optimizer{ClipNorm{1}, CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}};
  std::vector<float> theta = support::parameters<float>(2500);
  const std::vector<float> g = support::gradient<float>(2500);
  thrust::device_vector<float> device(theta), other(theta);
  const thrust::device_vector<float> device_g(g);
  auto state = optimizer.init(theta);
  auto device_state = optimizer.init(device);
  optimizer.ascend(device, device_g, device_state);
  auto copy = device_state;
  CHECK(copy == device_state);
  other = device;
  optimizer.ascend(device, device_g, device_state);
  CHECK_FALSE(copy == device_state);
  optimizer.ascend(other, device_g, copy);
  CHECK(copy == device_state);
  CHECK(here(other) == here(device));

  optimizer.ascend(theta, g, state);
  std::vector<std::vector<double>> kept;
  std::as_const(state).visit(
      [&](std::string_view, std::string_view, auto values) { kept.emplace_back(values.begin(), values.end()); });
  std::size_t at = 0;
  copy.visit([&](std::string_view, std::string_view, auto values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<typename decltype(values)::value_type>(kept[at][i]);
    ++at;
  });
  thrust::copy(theta.begin(), theta.end(), other.begin());
  optimizer.ascend(theta, g, state);
  optimizer.ascend(other, device_g, copy);
  CHECK(copy.step() == 2);
  CHECK(support::same_bits(theta, here(other)));
}

TEST_CASE("an unsupported order of the norm is refused, and nothing changes") {
  const Optimizer optimizer{ClipNorm{1, 3}, LearningRate{0.1}};
  thrust::device_vector<float> theta(10, 1.f), g(10, 1.f);
  auto state = optimizer.init(theta);
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, g, state), doctest::Contains("order 3"), Refused);
  CHECK(here(theta) == std::vector<float>(10, 1));
}

TEST_CASE("the driver works on device memory") {
  thrust::device_vector<double> theta(100, 3.0);
  const auto summary = maximize(
      [&](const thrust::device_vector<double>& x, thrust::device_vector<double>& gradient) {
        double value = 0;
        for (std::size_t i = 0; i < x.size(); ++i) value -= x[i] * x[i], gradient[i] = -2 * x[i];
        return value;
      },
      theta, Optimizer{Momentum{0.5}, LearningRate{0.1}}, {.steps = 60});
  CHECK(summary.value == doctest::Approx(0).epsilon(1e-6));
}

#if THRUST_DEVICE_SYSTEM == THRUST_DEVICE_SYSTEM_CUDA

namespace {

struct Stream {
  cudaStream_t value = nullptr;
  Stream() { REQUIRE(cudaStreamCreate(&value) == cudaSuccess); }
  ~Stream() { cudaStreamDestroy(value); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

// Replays of one captured step match as many ordinary steps, bit for bit, and use a changed rate.
template <class Optimizer>
void compare_with_graph(const Optimizer& optimizer) {
  const Stream stream;
  const backend::Thrust on{stream.value};
  const thrust::device_vector<float> g(support::gradient<float>(50003));
  thrust::device_vector<float> theta(support::parameters<float>(50003)), replayed(theta);
  Optimizer plain = optimizer, captured = optimizer;
  auto state = plain.init(theta), replayed_state = captured.init(replayed);
  auto steps = captured.bind(replayed, g, replayed_state, on);

  cudaGraph_t graph = nullptr;
  cudaGraphExec_t run = nullptr;
  REQUIRE(cudaStreamBeginCapture(stream.value, cudaStreamCaptureModeGlobal) == cudaSuccess);
  steps.ascend();
  REQUIRE(cudaStreamEndCapture(stream.value, &graph) == cudaSuccess);
  REQUIRE(cudaGraphInstantiate(&run, graph, 0) == cudaSuccess);
  for (int step = 0; step < 100; ++step) {
    if (step == 60) {
      state.wait(), replayed_state.wait();
      plain.template get<LearningRate>().rate = captured.template get<LearningRate>().rate = 0.003;
    }
    plain.ascend(theta, g, state, on);
    REQUIRE(cudaGraphLaunch(run, stream.value) == cudaSuccess);
  }
  CHECK(replayed_state.step() == 100);
  CHECK(state == replayed_state);
  CHECK(here(theta) == here(replayed));
  cudaGraphExecDestroy(run), cudaGraphDestroy(graph);
}

template <class T>
void step_halves() {
  const Optimizer optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.01}};
  const std::vector<float> start = support::parameters<float>(3001), slope = support::gradient<float>(3001);
  thrust::device_vector<T> theta(3001), g(3001);
  std::vector<float> want(3001), want_g(3001);
  for (std::size_t i = 0; i < 3001; ++i) {
    theta[i] = T(start[i]), g[i] = T(slope[i]);
    want[i] = static_cast<float>(T(start[i])), want_g[i] = static_cast<float>(T(slope[i]));
  }
  auto state = optimizer.init(theta);
  auto want_state = optimizer.init(want);
  for (int step = 0; step < 5; ++step) {
    optimizer.descend(theta, g, state);
    optimizer.descend(want, want_g, want_state);
    for (float& x : want) x = static_cast<float>(T(x));  // the values as they are stored
  }
  state.wait();
  for (std::size_t i = 0; i < 3001; ++i) REQUIRE(static_cast<float>(T(theta[i])) == want[i]);
  CHECK(hash(state) == hash(want_state));
}

}  // namespace

TEST_CASE("replays of a captured graph match ordinary steps") {
  compare_with_graph(Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.01}});
  compare_with_graph(Optimizer{ClipNorm{}, CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.01}, Warmup{50}});
  compare_with_graph(Optimizer{Noise{}, Momentum{}, LearningRate{0.01}});
}

TEST_CASE("half-precision parameters are computed in float, with float slots") {
  step_halves<__half>();
  step_halves<__nv_bfloat16>();
}

TEST_CASE("more elements than 31 bits count") {
  std::size_t available = 0, total = 0;
  REQUIRE(cudaMemGetInfo(&available, &total) == cudaSuccess);
  const std::size_t size = (std::size_t{1} << 31) + 3;
  if (available < 4 * size * sizeof(float)) return;
  const Optimizer optimizer{ClipNorm{1}, Momentum{}, LearningRate{1}};
  thrust::device_vector<float> theta(size, 1.f), g(size, 0.f);
  g[size - 1] = 3, g[5] = 4;  // the norm is 5
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(theta[size - 1] == 1 + 3.f / 5);
  CHECK(theta[5] == 1 + 4.f / 5);
  CHECK(theta[size - 2] == 1);
  CHECK(theta[(size_t{1} << 31) - 1] == 1);
}

#endif

TEST_SUITE_END();
