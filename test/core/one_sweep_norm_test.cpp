// SPDX-License-Identifier: MIT
#include <gradus/core/one_sweep_norm.hpp>

#include "support/random.hpp"

#include <gradus/backend/simd.hpp>
#include <gradus/core/norm_meter.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace gradus;

namespace {

template <class T>
double norm(const std::vector<T>& x) {
  detail::OneSweepNorm<backend::Simd> norm;
  norm.add(x.data(), x.size());
  return norm.value();
}

}  // namespace

TEST_SUITE_BEGIN("one_sweep_norm");

TEST_CASE_TEMPLATE("for ordinary numbers, the one-sweep norm has the bits of NormMeter", T, float, double) {
  for (const std::size_t size : support::Sizes{0, 1, 2, 31, 1000, 9001}) {
    const auto x = support::gradient<T>(size);
    detail::NormMeter<backend::Simd> meter(2);
    CHECK(norm(x) == meter.measure([&] { meter.add(x.data(), x.size()); }).value());
  }
}

TEST_CASE("no finite double overflows or vanishes") {
  for (const double scale : {1e-320, 1e-300, 1e-160, 1e-130, 1e150, 1e160, 1e307}) {
    CHECK(norm(std::vector<double>{3 * scale, -4 * scale}) / (5 * scale) == doctest::Approx(1).epsilon(1e-3));
    CHECK(norm(std::vector<double>(10000, scale / 10)) / (10 * scale) == doctest::Approx(1).epsilon(1e-2));
  }
  CHECK(norm(std::vector<double>{3e200, 4e200}) == doctest::Approx(5e200).epsilon(1e-15));
  CHECK(norm(std::vector<double>{3e-200, 4e-200}) / 5e-200 == doctest::Approx(1).epsilon(1e-15));
  CHECK(norm(std::vector<double>{3e25, 4e25}) / 5e25 == doctest::Approx(1).epsilon(1e-15));
  CHECK(norm(std::vector<double>{3e-25, 4e-25}) / 5e-25 == doctest::Approx(1).epsilon(1e-15));
  CHECK(norm(std::vector<double>{3e200, 4e200, 1e-300}) == doctest::Approx(5e200).epsilon(1e-15));
}

TEST_CASE("infinity and NaN propagate") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(norm(std::vector<double>{1, -infinity}) == infinity);
  CHECK(std::isnan(norm(std::vector<double>{1, std::nan("")})));
  CHECK(norm(std::vector<float>{1, -std::numeric_limits<float>::infinity()}) == infinity);
}

TEST_SUITE_END();
