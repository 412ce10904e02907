// SPDX-License-Identifier: MIT
#include <gradus/core/space.hpp>

#include "support/fake_device.hpp"

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using gradus::DeviceTensor;
using gradus::host_space;

static_assert(DeviceTensor<support::DeviceVector<float>>);
static_assert(DeviceTensor<const support::DeviceVector<double>&>);
static_assert(!DeviceTensor<std::vector<double>> && !DeviceTensor<double> && !DeviceTensor<int*>);

namespace {

template <bool Device>
constexpr bool has_backend = requires { typename gradus::backend_of_device<Device>::type; };
static_assert(!has_backend<true> && !has_backend<false>);  // until a header provides one

}  // namespace

TEST_SUITE_BEGIN("space");

TEST_CASE("host memory is aligned to cache lines and zeroed, even when it is reused") {
  for (int round = 0; round < 3; ++round)
    for (const std::size_t bytes : std::vector<std::size_t>{1, 63, 64, 4000}) {
      auto* const memory = static_cast<std::byte*>(host_space.allocate(bytes));
      CHECK(reinterpret_cast<std::uintptr_t>(memory) % gradus::line_size == 0);
      CHECK(std::all_of(memory, memory + bytes, [](std::byte byte) { return byte == std::byte{0}; }));
      std::fill_n(memory, bytes, std::byte{0xff});
      host_space.release(memory);
    }
}

TEST_CASE("host memory is copied byte by byte, up to the given size") {
  const std::vector<double> from{1, -2, 3};
  std::vector<double> to(3, 7);
  host_space.copy(to.data(), from.data(), 2 * sizeof(double));
  CHECK(to == std::vector<double>{1, -2, 7});
  CHECK(host_space.shared == nullptr);
}

TEST_CASE("a tensor lies in the space its trait names, otherwise on the host") {
  CHECK(&gradus::space_of<std::vector<float>>() == &host_space);
  CHECK(&gradus::space_of<double>() == &host_space);
  CHECK(&gradus::space_of<support::DeviceVector<float>>() == &support::device_space);
  CHECK(&gradus::space_of<const support::DeviceVector<double>&>() == &support::device_space);
}

TEST_SUITE_END();
