// SPDX-License-Identifier: MIT
#include <gradus/core/product_sum.hpp>

#include "support/random.hpp"

#include <gradus/backend/simd.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using gradus::ProductSum;

TEST_SUITE_BEGIN("product_sum");

TEST_CASE("products of floats are exact and summed in double") {
  const std::vector<float> a{3e30f, 1, -3e30f}, b{2e30f, 5, 2e30f};
  ProductSum<gradus::backend::Serial> sum;
  sum.add<false>(a.data(), b.data(), a.size());
  CHECK(sum.end() == 5 + 0.0 * 1 + (3e30f * double{2e30f} - 3e30f * double{2e30f}));
  CHECK(sum.end() == 0);
}

TEST_CASE("how the elements arrive, and by which backend, does not matter") {
  const auto a = support::parameters<double>(10000), b = support::gradient<double>(10000, 1);
  ProductSum<gradus::backend::Serial> serial;
  serial.add<false>(a.data(), b.data(), a.size());
  const double whole = serial.end();
  long double expected = 0;
  for (std::size_t i = 0; i < a.size(); ++i) expected += static_cast<long double>(a[i]) * b[i];
  CHECK(whole == doctest::Approx(static_cast<double>(expected)).epsilon(1e-12));
  for (const std::size_t piece : support::Sizes{1, 7, 256, 1000, 4096}) {
    ProductSum<gradus::backend::Simd> sum;
    for (std::size_t first = 0; first < a.size(); first += piece)
      sum.add<false>(a.data() + first, b.data() + first, std::min(piece, a.size() - first));
    CHECK(sum.end() == whole);
  }
}

TEST_CASE("a number by itself is its square") {
  const auto a = support::parameters<float>(333);
  ProductSum<gradus::backend::Simd> same, product;
  same.add<true>(a.data(), a.data(), a.size()), product.add<false>(a.data(), a.data(), a.size());
  CHECK(same.end() == product.end());
}

TEST_SUITE_END();
