// SPDX-License-Identifier: MIT
#include <gradus/device/queue.hpp>

#include "support/fake_device.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>

using namespace gradus;

namespace {

/// Notes what it is asked: `s` a step's kernel, `n` one of a norm or a sum, `h` the host's part, `w` to wait.
struct NotingDevice : support::FakeDevice {
  std::string* asked;

  template <class F>
  void for_each(std::size_t count, const F& f, const char* what) const {
    *asked += what == std::string("a step") ? 's' : 'n';
    FakeDevice::for_each(count, f);
  }
  void host(void (*f)(void*), void* with) const { *asked += 'h', f(with); }
  void finish() const { *asked += 'w'; }
};

/// What one step asks for, on 5,000 elements.
template <class Optimizer>
std::string asked(const Optimizer& optimizer) {
  support::DeviceVector<float> theta{support::parameters<float>(5000)}, gradient{support::gradient<float>(5000)};
  std::string all;
  {
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, gradient, state, NotingDevice{{}, &all});
    all += '|';
  }
  return all.substr(0, all.find('|'));
}

}  // namespace

TEST_SUITE_BEGIN("device queue");

TEST_CASE("a step with nothing to measure is one kernel") {
  CHECK(asked(Optimizer{Momentum{}, LearningRate{}}) == "s");
  CHECK(asked(Optimizer{Noise{}, LearningRate{}}) == "s");
}

TEST_CASE("what is measured goes in front of the host's part that needs it, and nothing is waited for") {
  CHECK(asked(Optimizer{ClipNorm{}, LearningRate{}}) == "nnhs");
  CHECK(asked(Optimizer{SkipNonFinite{}, ClipNorm{}, LearningRate{}}) == "nnnhs");
  CHECK(asked(Optimizer{Momentum{}, ClipNorm{}, LearningRate{}}) == "hnnhhs");
  CHECK(asked(Optimizer{Momentum{}, TrustRatio{}, LearningRate{}}) == "hnnnhhs");
  CHECK(asked(Optimizer{LearningRate{}, DistanceAdaptation{}}) == "hnnnhhs");
  CHECK(asked(Optimizer{Accumulate{2}, LearningRate{}}) == "hss");
}

TEST_CASE("sums that settle are waited for as often as the host takes them, which is at most a few times") {
  const std::string all = asked(Optimizer{LearningRate{}, Simplex{}});
  const auto waits = std::count(all.begin(), all.end(), 'w');
  CHECK(waits > 1);
  CHECK(waits < 30);
  std::string expected = "hh";
  for (auto i = waits; i != 0; --i) expected += "nnnhw";
  CHECK(all == expected + "hs");
}
