// SPDX-License-Identifier: MIT
#include <gradus/drive/difference.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <vector>

namespace d = gradus::detail;

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// The slope of `value` along x[index], judged for a given one.
template <class Value>
double slope(std::vector<double>& x, std::size_t index, double given, const Value& value) {
  d::Nudge<std::vector<double>> nudge(x, index, 0);
  return d::Difference(nudge, value, value(), epsilon).near(given, 1e-7).value;
}

}  // namespace

TEST_CASE("an error is relative to the larger of both slopes, behind what rounding explains") {
  CHECK(d::Slope{2.0, 0}.error(2.5) == 0.2);
  CHECK(d::Slope{2.5, 0}.error(2.0) == 0.2);
  CHECK(d::Slope{2.0, 0.25}.error(2.5) == 0.1);
  CHECK(d::Slope{2.0, 0.5}.error(2.5) == 0);
  CHECK(std::isinf(d::Slope{2.0, 0}.error(std::nan(""))));
  CHECK(std::isinf(d::Slope{std::nan(""), 0}.error(2)));
  CHECK(std::isinf(d::Slope{2.0, std::nan("")}.error(2)));  // the value where the parameters are is not finite
}

TEST_CASE("a nudge moves one element, and puts it back when it ends") {
  std::vector<double> x{1, 2, 3};
  {
    d::Nudge<std::vector<double>> nudge(x, 1, 0);
    CHECK(nudge.kept() == 2);
    nudge.set(5);
    CHECK(x == std::vector<double>{1, 5, 3});
  }
  CHECK(x == std::vector<double>{1, 2, 3});
}

TEST_CASE("a nudge moves one part of a complex element") {
  std::vector<std::complex<double>> z{{1, 2}};
  {
    d::Nudge<std::vector<std::complex<double>>> nudge(z, 0, 1);
    CHECK(nudge.kept() == 2);
    nudge.set(-7);
    CHECK(z[0] == std::complex<double>(1, -7));
  }
  CHECK(z[0] == std::complex<double>(1, 2));
}

TEST_CASE("the slope of a smooth function is its derivative, wherever the parameter stands") {
  for (const double at : {0.0, 0.3, -4.0, 1e4}) {
    std::vector<double> x{7, at};
    CHECK(slope(x, 1, 2 * at, [&] { return x[1] * x[1]; }) == doctest::Approx(2 * at).epsilon(1e-7));
    CHECK(x == std::vector<double>{7, at});
  }
}

TEST_CASE("a function that bends on the parameter's own small scale is measured there") {
  std::vector<double> x{1e-9};
  CHECK(slope(x, 0, 1e9, [&] { return std::log(x[0]); }) == doctest::Approx(1e9).epsilon(1e-6));
}

TEST_CASE("half the step refines where the third derivative is large") {
  std::vector<double> x{0};  // sin(300 x) / 300 has the slope 1; a step h alone errs by (300 h)^2 / 6, 5e-7
  CHECK(slope(x, 0, 1.0, [&] { return std::sin(300 * x[0]) / 300; }) == doctest::Approx(1).epsilon(1e-9));
}

TEST_CASE("two slopes of 0 agree") { CHECK(d::Slope{0.0, 0}.error(0) == 0); }

TEST_CASE("a step is the root's share of the parameter, or of 1 where that is larger") {
  for (const double at : {0.0, 0.5, 4.0, -4.0}) {
    CAPTURE(at);
    std::vector<double> x{at}, seen;
    slope(x, 0, 1.0, [&] { return seen.push_back(x[0]), x[0]; });
    const double step = std::cbrt(epsilon) * std::max(1.0, std::abs(at));
    CHECK(seen == std::vector<double>{at, at + step, at - step});
  }
}

TEST_CASE("64 roundings of the value are unsure") {
  std::vector<double> x{0};
  d::Nudge<std::vector<double>> nudge(x, 0, 0);
  const auto constant = [] { return 1024.0; };
  const double unsure = d::Difference(nudge, constant, 1024, epsilon).near(0, 1e-7).unsure;
  CHECK(unsure == doctest::Approx(64 * 1024 * epsilon / (2 * std::cbrt(epsilon))).epsilon(1e-9));
}

TEST_CASE("half the step refines beside a large parameter too") {
  const double at = std::acos(-1.0);  // 150 periods of sin(300 x) / 300; a step h alone errs by (300 h)^2 / 6, 5e-6
  std::vector<double> x{at};
  CHECK(slope(x, 0, 1.0, [&] { return std::sin(300 * x[0]) / 300; }) == doctest::Approx(1).epsilon(1e-8));
}
