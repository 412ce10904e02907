// SPDX-License-Identifier: MIT
#include <gradus/core/norm_meter.hpp>

#include "support/random.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/simd.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using gradus::Norm;
using gradus::backend::Serial;
using gradus::backend::Simd;
using gradus::detail::NormMeter;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

struct Measured {
  Norm norm;
  int sweeps = 0;
};

template <class Backend, class T>
Measured measure(const std::vector<T>& x, double order) {
  NormMeter<Backend> meter(order);
  int sweeps = 0;
  const Norm norm = meter.measure([&] { meter.add(x.data(), x.size()), ++sweeps; });
  return {norm, sweeps};
}

// In units of the largest magnitude, so that no power underflows.
template <class T>
long double expected(const std::vector<T>& x, double order) {
  long double most = 0, sum = 0;
  for (const T element : x) most = std::max(most, std::abs(static_cast<long double>(element)));
  if (most == 0 || order == endless) return most;
  const auto power = static_cast<long double>(order);
  for (const T element : x) sum += std::pow(std::abs(static_cast<long double>(element)) / most, power);
  return most * std::pow(sum, 1 / power);
}

// scale * rest, without the overflow of multiplying the two factors directly.
long double value(const Norm& norm) { return static_cast<long double>(norm.scale) * norm.rest; }

template <class T>
void correct(const std::vector<T>& x, double order) {
  const long double want = expected(x, order);
  for (const Norm& norm : {measure<Serial>(x, order).norm, measure<Simd>(x, order).norm}) {
    INFO("order ", order, ", ", x.size(), " elements like ", x[0]);
    CHECK(std::abs(value(norm) - want) <= 4 * std::numeric_limits<double>::epsilon() * want);
  }
}

}  // namespace

TEST_SUITE_BEGIN("norm meter");

TEST_CASE_TEMPLATE("norms of every order match a reference", T, float, double) {
  for (const double order : {1.0, 1.5, 2.0, 3.0, 7.0, 1100.0, 1e6, endless})
    for (const std::size_t size : support::Sizes{1, 5, 100, 5000}) correct(support::gradient<T>(size, size), order);
}

TEST_CASE("no finite input overflows or vanishes") {
  for (const double order : {1.0, 1.5, 2.0, 3.0, 50.0, 1100.0, 1e6, endless}) {
    correct<float>({3e38f, -3e38f, 1e38f}, order);
    correct<float>({1e-45f, -1e-45f}, order);
    correct<double>({1e300, -1e300, 5e299}, order);
    correct<double>({5e-324, -5e-324, 5e-324}, order);
    correct<double>({1e-160, 3e-161}, order);
    correct<double>({1e-300, 1e300}, order);
    correct<double>({std::numeric_limits<double>::max()}, order);
    correct<double>(std::vector<double>(300, 1.7e308), order);
  }
}

TEST_CASE("norms of ordinary numbers take one sweep, of extreme ones three") {
  CHECK(measure<Simd>(std::vector<double>{3, 4}, 2).sweeps == 1);
  CHECK(measure<Simd>(std::vector<double>{3, 4}, 1).sweeps == 1);
  CHECK(measure<Simd>(std::vector<double>{3, 4}, endless).sweeps == 1);
  CHECK(measure<Simd>(std::vector<double>{3, 4}, 3).sweeps == 2);
  CHECK(measure<Simd>(std::vector<float>{3e38f, 1e-45f}, 2).sweeps == 1);
  CHECK(measure<Simd>(std::vector<double>{1e300, 1e300}, 2).sweeps == 3);
  CHECK(measure<Simd>(std::vector<double>{1e-300, 1e-300}, 2).sweeps == 3);
}

TEST_CASE("the norm of nothing is 0, NaN makes it NaN, and infinity makes it infinite") {
  for (const double order : {1.0, 1.5, 2.0, endless}) {
    CHECK(measure<Simd>(std::vector<double>{}, order).norm.value() == 0);
    CHECK(measure<Simd>(std::vector<float>(50), order).norm.rest == 0);
    CHECK(std::isinf(measure<Simd>(std::vector<double>{1, -endless}, order).norm.value()));
    CHECK(std::isnan(measure<Simd>(std::vector<double>{1, std::nan(""), endless}, order).norm.value()));
    CHECK(std::isnan(measure<Simd>(std::vector<float>{1, std::nanf("")}, order).norm.value()));
  }
}

TEST_CASE("the norm has the same bits for any pieces and backend") {
  const auto x = support::gradient<float>(9001);
  for (const double order : {1.0, 2.0, 3.0}) {
    NormMeter<Simd> meter(order);
    const Norm pieces = meter.measure([&] {
      for (std::size_t first = 0; first < x.size(); first += 997)
        meter.add(x.data() + first, std::min<std::size_t>(997, x.size() - first));
    });
    const Norm whole = measure<Serial>(x, order).norm;
    CHECK(pieces.rest == whole.rest);
    CHECK(pieces.scale == whole.scale);
  }
}

TEST_SUITE_END();
