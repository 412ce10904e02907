// SPDX-License-Identifier: MIT
#include <gradus/device/steps.hpp>

#include "support/bits.hpp"
#include "support/late_device.hpp"
#include "support/random.hpp"

#include <gradus/core/device_error.hpp>
#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

using namespace gradus;
using support::DeviceVector;
using support::LateDevice;
using support::Stream;

namespace {

template <class T>
struct Both {
  std::vector<T> theta = support::parameters<T>(5000), gradient = support::gradient<T>(5000);
  DeviceVector<T> late{theta}, late_gradient{gradient};
  Stream stream;
  LateDevice device{&stream};
};

// Issues many steps before waiting for any; hyper-parameters change in between.
template <class Optimizer>
void compare_late(Optimizer optimizer) {
  Both<float> run;
  auto state = optimizer.init(run.theta);
  auto late_state = optimizer.init(run.late);
  for (int step = 0; step < 25; ++step) {
    if (step == 7) optimizer.template get<LearningRate>().rate = 0.01;
    optimizer.ascend(run.theta, run.gradient, state);
    optimizer.ascend(run.late, run.late_gradient, late_state, run.device);
  }
  CHECK(late_state.step() == state.step());
  CHECK(support::same_bits(run.theta, run.late.memory));
}

/// Draws its width for every element.
struct Shake {
  double width = 1;
  static constexpr Name draws[]{"width"};
  template <class T>
  void draw(const Draw&, std::size_t size, T* to) const {
    std::fill_n(to, size, static_cast<T>(width));
  }
  static constexpr void apply(Record& r, Lane drawn) { r.update = r.update + drawn; }
};

/// A rate whose copy may fail.
struct CopyFails {
  bool* fails;
  explicit CopyFails(bool* when) : fails(when) {}
  CopyFails(const CopyFails& other) : fails(other.fails) {
    if (*fails) throw std::bad_alloc();
  }
  double operator()(std::int64_t) const { return 0.1; }
};

}  // namespace

TEST_SUITE_BEGIN("device steps");

TEST_CASE("many asynchronous steps have the bits of as many steps on the host") {
  compare_late(Optimizer{Momentum{}, LearningRate{0.1}});
  compare_late(Optimizer{ClipNorm{1}, CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}, Warmup{9}});
  compare_late(Optimizer{Momentum{}, Adaptive{}, ClipNorm{0.5}, LearningRate{0.1}});
  compare_late(Optimizer{Accumulate{3}, Momentum{}, LearningRate{0.1}});
  compare_late(Optimizer{ClipLeafNorm{0.5}, Momentum{}, LearningRate{0.1}});
}

TEST_CASE("numbers drawn on a device are those of the host, also in front of a norm and by leaf") {
  compare_late(Optimizer{Noise{}, Momentum{}, LearningRate{0.1}});
  compare_late(Optimizer{Noise{.seed = 3}, ClipNorm{1}, Noise{.seed = 4}, LearningRate{0.1}, Langevin{0.1}});
  compare_late(Optimizer{Accumulate{3}, follow<&Noise::variance>(Decay{0.9}, Noise{}), LearningRate{0.1}});
  const auto counted = [](std::int64_t step) { return static_cast<double>(step); };
  compare_late(Optimizer{follow<&Shake::width>(counted), LearningRate{0.1}});
  compare_late(Optimizer{ClipNorm{1}, follow<&Shake::width>(counted), Momentum{}, ClipNorm{2}, LearningRate{0.1}});
  compare_late(Optimizer{by_leaf<&Noise::variance>([](std::string_view) { return 0.5; }), LearningRate{0.1}});
}

namespace {

// Replays of one recorded step match ordinary steps and use a changed rate.
template <class Optimizer>
void compare_replayed(Optimizer plain) {
  Both<double> run;
  Optimizer captured = plain;
  auto state = plain.init(run.theta);
  auto late_state = captured.init(run.late);
  auto steps = captured.bind(run.late, run.late_gradient, late_state, run.device);
  run.stream.recording = true;
  steps.ascend();
  run.stream.recording = false;
  CHECK(run.late.memory == run.theta);
  for (int step = 0; step < 10; ++step) {
    if (step == 4) {
      late_state.wait();
      plain.template get<LearningRate>().rate = captured.template get<LearningRate>().rate = 0.02;
    }
    plain.ascend(run.theta, run.gradient, state);
    run.stream.replay();
  }
  CHECK(late_state.step() == 10);
  CHECK(support::same_bits(run.theta, run.late.memory));
}

}  // namespace

TEST_CASE("replayed recordings match ordinary steps and use the current hyper-parameters") {
  compare_replayed(Optimizer{ClipNorm{1}, CorrectedMomentum{}, LearningRate{0.1}});
  compare_replayed(Optimizer{Momentum{}, Noise{}, LearningRate{0.1}});
}

namespace {

/// Two tensors on the host and on a device, with two gradients each.
struct TwoLeaves {
  using Late = std::vector<DeviceVector<float>>;
  std::vector<std::vector<float>> theta{support::parameters<float>(5000), support::parameters<float>(70)};
  std::vector<std::vector<float>> gradient{support::gradient<float>(5000), support::gradient<float>(70)}, other = theta;
  Late late = on_device(theta), late_gradient = on_device(gradient), late_other = on_device(other);
  Optimizer<ClipNorm, CorrectedMomentum, LearningRate> optimizer{ClipNorm{1}, CorrectedMomentum{}, LearningRate{0.1}};
  State state = optimizer.init(theta), late_state = optimizer.init(late);

  static Late on_device(const std::vector<std::vector<float>>& all) {
    return {DeviceVector<float>{all[0]}, DeviceVector<float>{all[1]}};
  }
  /// A step by these gradients, recorded as a graph.
  void capture(Stream& stream, const Late& gradients) {
    stream.recording = true;
    optimizer.ascend(late, gradients, late_state, LateDevice{&stream});
    stream.recording = false;
  }
};

}  // namespace

TEST_CASE("graphs of one state keep the gradients that they captured, and steps beside them keep theirs") {
  TwoLeaves run;
  Stream first, second;
  run.capture(first, run.late_gradient);
  run.capture(second, run.late_other);
  for (int round = 0; round < 3; ++round) {
    for (const auto* gradient : {&run.gradient, &run.other, &run.gradient, &run.other})
      run.optimizer.ascend(run.theta, *gradient, run.state);
    first.replay(), first.finish();
    run.optimizer.ascend(run.late, run.late_other, run.late_state, LateDevice{&first});
    run.late_state.wait();
    run.optimizer.ascend(run.late, run.late_gradient, run.late_state, LateDevice{&second});
    run.late_state.wait();
    second.replay(), second.finish();
  }
  CHECK(run.late_state.step() == 12);
  for (int leaf : {0, 1}) CHECK(support::same_bits(run.theta[leaf], run.late[leaf].memory));
}

TEST_CASE("a step of other leaves than a graph captured is refused") {
  TwoLeaves run;
  Stream stream;
  run.capture(stream, run.late_gradient);
  std::vector<std::optional<DeviceVector<float>>> some{run.late_gradient[0], std::nullopt};
  CHECK_THROWS_WITH_AS(run.optimizer.ascend(run.late, some, run.late_state, LateDevice{&stream}),
                       doctest::Contains("a graph captured a step of other leaves of this state"), Refused);
  CHECK(run.late_state.step() == 0);
  stream.replay(), stream.finish();
  run.optimizer.ascend(run.theta, run.gradient, run.state);
  for (int leaf : {0, 1}) CHECK(support::same_bits(run.theta[leaf], run.late[leaf].memory));
}

TEST_CASE("a graph that captured equal clocks refuses different ones") {
  TwoLeaves run;
  Stream stream;
  run.capture(stream, run.late_gradient);
  run.late_state.visit([](std::string_view leaf, std::string_view name, auto values) {
    if (leaf == "[1]" && name == "clock") values[0] = 7;
  });
  const auto before = run.late[0].memory;
  stream.replay(), stream.finish();
  CHECK_THROWS_WITH_AS(run.late_state.wait(), doctest::Contains("the leaves' clocks differ"), Refused);
  CHECK(run.late[0].memory == before);
}

TEST_CASE("a graph that captured different clocks goes on leaf by leaf when they are equal") {
  TwoLeaves run;
  Stream stream;
  const auto set_clock = [](State& state, double count) {
    state.visit([&](std::string_view leaf, std::string_view name, auto values) {
      if constexpr (std::same_as<decltype(values), std::span<double>>)
        if (leaf == "[1]" && name == "clock") values[0] = count;
    });
  };
  for (State* state : {&run.state, &run.late_state}) set_clock(*state, 7);
  run.capture(stream, run.late_gradient);
  for (State* state : {&run.state, &run.late_state}) set_clock(*state, 0);
  for (int step = 0; step < 3; ++step) {
    run.optimizer.ascend(run.theta, run.gradient, run.state);
    run.optimizer.ascend(run.late, run.late_gradient, run.late_state, LateDevice{&stream});
    run.late_state.wait();
    run.optimizer.ascend(run.theta, run.gradient, run.state);
    stream.replay(), stream.finish();
  }
  for (int leaf : {0, 1}) CHECK(support::same_bits(run.theta[leaf], run.late[leaf].memory));
  CHECK(run.late_state.step() == 6);
}

TEST_CASE("an optimizer that cannot be copied for a device's step leaves nothing that later steps wait for") {
  Both<float> run;
  bool fails = false;
  const CopyFails rate{&fails};
  const Optimizer optimizer{ClipNorm{1}, follow<&LearningRate::rate>(rate)};
  auto state = optimizer.init(run.late);
  for (int step = 0; step < 9; ++step) {
    fails = true;
    CHECK_THROWS_AS(optimizer.ascend(run.late, run.late_gradient, state, run.device), std::bad_alloc);
    fails = false;
    optimizer.ascend(run.late, run.late_gradient, state, run.device);
  }
  CHECK(state.step() == 9);
}

TEST_CASE("an order of a norm that is not the one measured is refused") {
  Both<float> run;
  const std::vector<float> before = run.late.memory;
  const auto later = [](std::int64_t step) { return step < 2 ? 2.0 : std::numeric_limits<double>::infinity(); };
  const Optimizer follows{follow<&ClipNorm::order>(later), LearningRate{0.1}};
  auto state = follows.init(run.late);
  follows.ascend(run.late, run.late_gradient, state, run.device);
  CHECK_NOTHROW(state.wait());
  const std::vector<float> after_one = run.late.memory;
  CHECK(after_one != before);
  follows.ascend(run.late, run.late_gradient, state, run.device);
  CHECK_THROWS_WITH_AS(state.wait(), doctest::Contains("the device measured the one of order 2"), Refused);
  CHECK(run.late.memory == after_one);
  CHECK(state.step() == 1);
}

TEST_CASE("a state that lies in other memory than the parameters is refused") {
  Both<float> run;
  const Optimizer optimizer{Momentum{}};
  auto state = optimizer.init(run.theta);
  auto late_state = optimizer.init(run.late);
  CHECK_THROWS_WITH_AS(optimizer.ascend(run.theta, run.gradient, late_state),
                       doctest::Contains("lies in a fake device's memory, the parameters in the host's memory"),
                       Refused);
  CHECK_THROWS_AS(optimizer.ascend(run.late, run.late_gradient, state, run.device), Refused);
  CHECK_THROWS_AS(optimizer.bind(run.theta, run.gradient, late_state), Refused);
}

TEST_CASE("an asynchronous refusal is thrown once, and the steps after it are not taken") {
  Both<float> run;
  const Optimizer optimizer{RefuseNonFinite{}, Momentum{}};
  auto state = optimizer.init(run.late);
  const std::vector<float> before = run.late.memory;
  run.late_gradient.memory[17] = std::numeric_limits<float>::quiet_NaN();
  optimizer.ascend(run.late, run.late_gradient, state, run.device);
  CHECK_THROWS_WITH_AS(state.wait(), doctest::Contains("nan at element 17"), Refused);
  CHECK_NOTHROW(state.wait());
  CHECK(state.step() == 0);
  CHECK(run.late.memory == before);
}

namespace {

// Fails once, at the given call.
struct FailingDevice : LateDevice {
  int* until_failure;
  template <class F>
  void for_each(std::size_t count, const F& f, const char* what) const {
    if (--*until_failure == 0) throw DeviceError("gradus: it failed");
    LateDevice::for_each(count, f, what);
  }
};

}  // namespace

TEST_CASE("a step whose hyper-parameters are refused does nothing, whatever it would have measured") {
  Both<float> run;
  const auto norm = [](std::int64_t step) { return step == 2 ? -1.0 : 1.0; };
  const Optimizer optimizer{Momentum{}, follow<&ClipNorm::norm>(norm), TrustRatio{}, LearningRate{0.1}};
  auto state = optimizer.init(run.late);
  optimizer.ascend(run.late, run.late_gradient, state, run.device);
  state.wait();
  const std::vector<float> before = run.late.memory;
  optimizer.ascend(run.late, run.late_gradient, state, run.device);
  CHECK_THROWS_WITH_AS(state.wait(), doctest::Contains("ClipNorm.norm is -1"), Refused);
  CHECK(state.step() == 1);
  CHECK(run.late.memory == before);
}

TEST_CASE("sums that settle are waited for, and a step with them cannot be captured") {
  compare_late(Optimizer{LearningRate{0.1}, Simplex{}});
  compare_late(Optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}, L1Ball{3}});
  compare_late(Optimizer{SkipNonFinite{}, Noise{}, LearningRate{0.1}, L1Ball{1e9}, Simplex{7}});
  Both<float> run;
  const Optimizer optimizer{LearningRate{0.1}, Simplex{}};
  auto state = optimizer.init(run.late);
  run.stream.recording = true;
  CHECK_THROWS_WITH_AS(optimizer.ascend(run.late, run.late_gradient, state, run.device),
                       doctest::Contains("waits for sums until they settle, which a graph cannot"), Refused);
  run.stream.recording = false;
  CHECK(run.stream.recorded.empty());
}

TEST_CASE("a state can be stepped again after its device has failed once") {
  Both<float> run;
  const Optimizer optimizer{ClipNorm{1}, LearningRate{0.1}};
  for (int failure : {1, 2, 3}) {
    auto state = optimizer.init(run.late);
    const FailingDevice device{{&run.stream}, &failure};
    CHECK_THROWS_AS(optimizer.ascend(run.late, run.late_gradient, state, device), DeviceError);
    for (int step = 0; step < 9; ++step) optimizer.ascend(run.late, run.late_gradient, state, device);
    CHECK_NOTHROW(state.wait());
  }
}

TEST_CASE("a state can be moved and destroyed while its steps are in flight") {
  Both<float> run;
  const Optimizer optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}};
  auto state = optimizer.init(run.theta);
  auto late_state = optimizer.init(run.late);
  for (int step = 0; step < 3; ++step) {
    optimizer.ascend(run.theta, run.gradient, state);
    optimizer.ascend(run.late, run.late_gradient, late_state, run.device);
    State moved = std::move(late_state);
    late_state = std::move(moved);
  }
  {
    const State last = std::move(late_state);
  }
  CHECK(support::same_bits(run.theta, run.late.memory));
}

TEST_SUITE_END();
