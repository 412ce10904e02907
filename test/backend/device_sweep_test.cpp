// SPDX-License-Identifier: MIT
#include <gradus/backend/device_sweep.hpp>

#include "support/bits.hpp"
#include "support/fake_device.hpp"
#include "support/random.hpp"
#include "support/upper.hpp"

#include <gradus/device/leaves.hpp>
#include <gradus/plan/plan.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <vector>

using gradus::backend::DeviceControl;
using gradus::backend::Tiling;
using support::Upper;

namespace {

using Chain = gradus::detail::Plan<gradus::Momentum, gradus::Adaptive, gradus::LearningRate>::Update;
constexpr std::size_t slots = Chain::slot_count, scalars = Chain::scalar_count;

/// The streams of a leaf of `size` elements that starts at element `first` of its memory and ends before its last.
template <class T, class Stored, class Gradient = T>
struct Numbers {
  std::size_t first, size;
  std::vector<T> parameter;
  std::vector<Gradient> gradient{};
  std::vector<Stored> slot[slots]{};

  Numbers(std::size_t first_, std::size_t size_)
      : first(first_), size(size_), parameter(support::parameters<T>(first + size + 3, size + 1)) {
    for (const T x : support::gradient<T>(parameter.size(), size + 2)) gradient.push_back(static_cast<Gradient>(x));
    for (auto& s : slot)
      for (const T x : support::gradient<T>(parameter.size(), size + 3)) s.push_back(static_cast<Stored>(std::abs(x)));
  }

  bool operator==(const Numbers& other) const {
    bool same = support::same_bits(parameter, other.parameter);
    for (std::size_t s = 0; s < slots; ++s) same &= support::same_bits(slot[s], other.slot[s]);
    return same;
  }
};

template <class T>
std::vector<T> scalars_of(std::size_t leaf) {
  support::Random random(leaf + 1);
  std::vector<T> all(scalars + 1);
  for (T& x : all) x = static_cast<T>(std::abs(random.symmetric()));
  return all;
}

template <class T, class Stored, class Gradient>
void serially(Numbers<T, Stored, Gradient>& x, const T* scalar, bool down) {
  std::vector<T> gradient;
  for (const Gradient g : x.gradient) gradient.push_back(static_cast<T>(g));
  gradus::detail::Streams<T, Stored, slots> at{x.parameter.data() + x.first, gradient.data() + x.first};
  for (std::size_t s = 0; s < slots; ++s) at.slot[s] = x.slot[s].data() + x.first;
  gradus::backend::Serial::run<Chain>(at, x.size, scalar, down);
}

template <class T, class Stored, class Gradient>
void on_device(std::vector<Numbers<T, Stored, Gradient>>& all, const gradus::backend::DeviceScalars<T, scalars>& with,
               bool down) {
  using Row = gradus::backend::DeviceLeaf<T, Gradient, Stored, slots>;
  std::vector<gradus::detail::Leaf> leaves;
  for (auto& x : all)
    leaves.push_back(support::listed(x.parameter.data() + x.first, x.gradient.data() + x.first, x.size));
  const support::FakeDevice device;
  gradus::detail::DeviceLeaves<Row> listed;
  const auto slot = [&](std::size_t l, std::size_t s) { return all[l].slot[s].data() + all[l].first; };
  listed.list(leaves, device, support::device_space, slot, [] {});
  device.for_each(listed.table().tiles * Tiling::threads,
                  gradus::backend::DeviceSweep<Chain, Row>{listed.table(), with, DeviceControl::steps, down});
}

/// Compares one launch over leaves of many sizes and alignments with the serial backend.
template <class T, class Stored, class Gradient = T>
void as_serial(bool down, const std::vector<std::size_t>& sizes) {
  std::vector<Numbers<T, Stored, Gradient>> all;
  for (std::size_t l = 0; l < sizes.size(); ++l) all.emplace_back(l % 3 == 1 ? 1 : 0, sizes[l]);
  auto expected = all;
  const auto scalar = scalars_of<T>(0);
  gradus::backend::DeviceScalars<T, scalars> own;
  std::copy(scalar.begin(), scalar.end(), own.own);
  on_device(all, own, down);
  for (auto& x : expected) serially(x, scalar.data(), down);
  for (std::size_t l = 0; l < all.size(); ++l) CHECK((all[l] == expected[l]));
}

template <class T>
constexpr std::size_t tile = Tiling::tile<T>;

template <class T, class Stored, class Gradient = T>
void as_serial() {
  for (const std::size_t size : support::Sizes{0, 1, tile<T> - 1, tile<T>, tile<T> + 1, 2 * tile<T> + 7}) {
    as_serial<T, Stored, Gradient>(false, {size});
    as_serial<T, Stored, Gradient>(true, {3, size, 0, size, size + 5});  // the second and the last leaf are not aligned
  }
}

}  // namespace

TEST_SUITE_BEGIN("device sweep");

TEST_CASE_TEMPLATE("aligned or not, every byte matches the serial backend, and no other byte is written", T, float,
                   double) {
  as_serial<T, T>();
}

TEST_CASE("slots and gradients may be stored in other types") {
  as_serial<float, Upper>();
  as_serial<double, float>();
  as_serial<double, Upper>();
  as_serial<float, float, Upper>();
  as_serial<double, float, Upper>();
}

TEST_CASE("the staged control gives each leaf its scalars and says whether the step is taken at all") {
  std::vector<Numbers<float, float>> all;
  for (const std::size_t size : support::Sizes{10, 3000, 1}) all.emplace_back(0, size);
  const auto before = all;
  auto expected = all;
  std::vector<DeviceControl> staged(1 + 3 * scalars);  // more room than needed
  for (std::size_t l = 0; l < all.size(); ++l) {
    const auto scalar = scalars_of<float>(l);
    serially(expected[l], scalar.data(), false);
    std::memcpy(reinterpret_cast<std::byte*>(staged.data() + 1) + l * scalars * sizeof(float), scalar.data(),
                scalars * sizeof(float));
  }
  for (const auto mode : {DeviceControl::rests, DeviceControl::gathers, DeviceControl::steps}) {
    staged[0] = {mode, scalars};
    on_device(all, {{}, staged.data()}, false);
    CHECK((all == (mode == DeviceControl::steps ? expected : before)));
  }
}

TEST_CASE("a pack is converted where it is loaded and stored") {
  alignas(16) const double from[]{1, -2.5, 0, 3};
  alignas(16) Upper to[4];
  gradus::backend::Vector<float, 4>::at(from).store(to);
  for (std::size_t i = 0; i < 4; ++i) CHECK(static_cast<double>(to[i]) == from[i]);
}

TEST_SUITE_END();
