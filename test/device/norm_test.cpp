// SPDX-License-Identifier: MIT
#include <gradus/device/norm.hpp>

#include "support/random.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/core/norm_meter.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

using gradus::Norm;
using gradus::backend::Reduction;
using gradus::backend::Serial;
using gradus::detail::DeviceNorm;
using gradus::detail::DeviceResult;
using gradus::detail::norm_block;
using gradus::detail::NormTree;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// One block of one reduction, as the tree of sums computes it.
template <class T>
double block_of(std::span<const T> x, const Reduction& how) {
  if (how.kind == Reduction::largest) return std::bit_cast<T>(Serial::largest(x.data(), x.size()));
  NormTree<Serial> tree;
  for (const T element : x) {
    const double scaled = how.scale * static_cast<double>(element);
    if (how.kind == Reduction::squares) tree.add<gradus::detail::Square>(&scaled, 1);
    else tree.add<gradus::detail::Magnitude>(&scaled, 1);
  }
  return tree.total();
}

/// Adds what a device would have measured for some numbers.
template <class T>
void add(DeviceNorm& norm, const std::vector<T>& x) {
  constexpr std::size_t count = DeviceNorm::reductions<T>, before = 1;  // other results come first
  Reduction how[count];
  norm.ask<T>(how);
  const std::size_t blocks = (x.size() + norm_block - 1) / norm_block;
  std::vector<double> measured(before * blocks, 123);
  for (const Reduction& one : how)
    for (std::size_t first = 0; first < x.size(); first += norm_block)
      measured.push_back(block_of(std::span(x).subspan(first, std::min(norm_block, x.size() - first)), one));
  norm.add<T>({measured.data(), blocks, x.size()}, before);
}

template <class T>
Norm on_device(const std::vector<T>& x, double order) {
  DeviceNorm norm{order};
  add(norm, x);
  return norm.value();
}

template <class T>
Norm on_host(const std::vector<T>& x, double order) {
  gradus::detail::NormMeter<Serial> meter(order);
  return meter.measure([&] { meter.add(x.data(), x.size()); });
}

// scale * rest, without the overflow of multiplying the two factors directly.
long double value_of(const Norm& norm) { return static_cast<long double>(norm.scale) * norm.rest; }

template <class T>
void as_host(const std::vector<T>& x) {
  for (const double order : {1.0, 2.0, infinity}) {
    const long double got = value_of(on_device(x, order)), want = value_of(on_host(x, order));
    INFO("order ", order, ", ", x.size(), " elements: ", static_cast<double>(got), ", not ", static_cast<double>(want));
    CHECK((got == want || (std::isnan(got) && std::isnan(want))));
  }
}

}  // namespace

TEST_SUITE_BEGIN("device norm");

TEST_CASE_TEMPLATE("for ordinary numbers, the norm has the host's bits", T, float, double) {
  for (const std::size_t size : support::Sizes{0, 1, 40, 4096, 4097, 3 * 4096 + 5})
    as_host(support::gradient<T>(size, size));
  as_host(std::vector<T>(40));
}

TEST_CASE("norms of doubles neither overflow nor vanish") {
  as_host<double>({1e200});
  as_host<double>({1e-200, -1e-200, 3e-201});
  as_host<double>({3e200, -4e200, 1e-200});
  as_host<double>({1e-150, 2e-140});
  as_host<double>({std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()});
  as_host<double>({5e-324});
  as_host<double>({3e-310, -1e-309});
  as_host(std::vector<double>(5000, 1.7e308));
  as_host(std::vector<double>(5000, 1e-300));
  CHECK(static_cast<double>(value_of(on_device<double>({3e200, -4e200}, 2))) == doctest::Approx(5e200));
  CHECK(on_device<double>({3e-200, -4e-200}, 2).value() == doctest::Approx(5e-200));
}

TEST_CASE("norms of floats neither overflow nor vanish") {
  as_host<float>({3e38f, -3e38f});
  as_host<float>({1e-45f});
}

TEST_CASE("infinities and NaN propagate into the norm as on the host") {
  for (const double x : {infinity, -infinity, not_a_number}) {
    as_host<double>({1, x, -2});
    as_host<double>({1e200, x, 1e-200});
  }
  as_host<float>({1, std::numeric_limits<float>::quiet_NaN(), 2});
}

TEST_CASE("a norm adds up leaves of different element types") {
  for (const double order : {1.0, 2.0, infinity}) {
    DeviceNorm norm{order};
    add(norm, std::vector<float>{3, 0}), add(norm, std::vector<double>{-4});
    CHECK(norm.value().value() == (order == 1 ? 7 : order == 2 ? 5 : 4));
  }
}

TEST_CASE("an order that no device measures is refused") {
  for (const double order : {1.0, 2.0, infinity}) CHECK_NOTHROW(DeviceNorm::check(order));
  for (const double order : {1.5, 3.0, 1e300})
    CHECK_THROWS_WITH_AS(DeviceNorm::check(order), doctest::Contains("of order 1, 2 and infinity"), gradus::Refused);
}

TEST_CASE("a result has a row of blocks for every reduction, and sums any range that starts at a block") {
  const double value[]{1, 2, 4, 8, 16, 32, 64, 128};
  const DeviceResult result{value, 4};
  CHECK(result.sum(0) == 15);
  CHECK(result.sum(1) == 240);
  CHECK(result.sum(0, norm_block, norm_block + 1) == 6);
  CHECK(result.sum(0, 2 * norm_block, norm_block) == 4);
  CHECK(result.sum(1, norm_block, 0) == 0);
  CHECK(result.extreme(1, {Reduction::largest}) == 128);
}

TEST_SUITE_END();
