// SPDX-License-Identifier: MIT
#include <gradus/tensor/thrust.hpp>

#include <doctest/doctest.h>

#include <thrust/copy.h>

#include <array>
#include <vector>

using namespace gradus;

static_assert(DeviceTensor<thrust::device_vector<float>> && DeviceTensor<DeviceSpan<double>>);
static_assert(DeviceTensor<thrust::universal_vector<float>>);
static_assert(Tensor<thrust::host_vector<float>> && !DeviceTensor<thrust::host_vector<float>>);
static_assert(WritableTensor<thrust::device_vector<float>> && WritableTensor<thrust::host_vector<double>>);
static_assert(!read_only<const DeviceSpan<float>>() && read_only<DeviceSpan<const float>>());
static_assert(read_only<const thrust::device_vector<float>>());

TEST_SUITE_BEGIN("thrust tensors");

TEST_CASE("elements are copied from and to a device") {
  thrust::device_vector<float> x(std::vector<float>{1, 2, 3, 4, 5});
  std::array<double, 3> middle{};
  read_elements(x, Order::row_major, 1, 3, middle.data());
  CHECK(middle == std::array<double, 3>{2, 3, 4});
  const std::array<float, 2> last{7, 8};
  write_elements(x, Order::row_major, 3, 2, last.data());
  CHECK(x[2] == 3);
  CHECK(x[4] == 8);
}

TEST_CASE("a span gives the memory and size it was made from") {
  thrust::device_vector<double> x(4, 2.5);
  const DeviceSpan from_pointer{x.data(), 4}, from_address{thrust::raw_pointer_cast(x.data()), 4};
  CHECK(from_pointer.data() == from_address.data());
  CHECK(size_of(from_pointer) == 4);
  double value = 0;
  read_elements(from_address, Order::row_major, 3, 1, &value);
  CHECK(value == 2.5);
}

TEST_CASE("a device's memory is cleared, and copied both ways") {
  const Space& space = space_of<thrust::device_vector<float>>();
  void* memory = space.allocate(64);
  std::array<unsigned char, 64> here;
  here.fill(1);
  space.copy(here.data(), memory, 64);
  CHECK(here == std::array<unsigned char, 64>{});
  here.fill(9);
  space.copy(memory, here.data(), 64);
  std::array<unsigned char, 64> again{};
  space.copy(again.data(), memory, 64);
  CHECK(again == here);
  space.release(memory);
  REQUIRE(space.shared != nullptr);
}

TEST_CASE("a host vector is an ordinary block") {
  thrust::host_vector<float> x(3, 1.f);
  CHECK(traits_of<thrust::host_vector<float>>::data(x, Order::row_major) == &x[0]);
  CHECK(size_of(x) == 3);
}

TEST_SUITE_END();
