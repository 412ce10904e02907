// SPDX-License-Identifier: MIT
#include <gradus/drive/gradient_norm.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <complex>
#include <limits>
#include <optional>
#include <vector>

TEST_CASE("the norm covers all leaves, except those without a gradient") {
  std::vector<std::vector<double>> theta{{0, 0}, {0}, {0}};
  const std::vector<std::optional<std::vector<double>>> gradient{{{2, 3}}, std::nullopt, {{6}}};
  CHECK(gradus::gradient_norm(theta, gradient) == 7);
  CHECK(gradus::gradient_norm(theta, gradient, 1) == 11);
  CHECK(gradus::gradient_norm(theta, gradient, std::numeric_limits<double>::infinity()) == 6);
}

TEST_CASE("the norm of an expression, of extreme numbers and of an empty gradient") {
  xt::xarray<double> theta{3, 4};
  CHECK(gradus::gradient_norm(theta, 2.0 * theta) == 10);
  std::vector<double> two(2), none;
  CHECK(gradus::gradient_norm(two, std::vector<double>{3e300, 4e300}) == doctest::Approx(5e300).epsilon(1e-15));
  CHECK(gradus::gradient_norm(two, std::vector<double>{3e-310, 4e-310}) == doctest::Approx(5e-310).epsilon(1e-9));
  CHECK(gradus::gradient_norm(none, none) == 0);
}

TEST_CASE("the norm of many elements, and of complex ones") {
  xt::xarray<double> theta = xt::zeros<double>({50, 50});
  CHECK(gradus::gradient_norm(theta, xt::ones<double>({50, 50}) * 3.0) == 150);
  std::vector<std::complex<double>> z{{2, 3}, {0, 6}}, one(1);
  CHECK(gradus::gradient_norm(z, z) == 7);
  CHECK_THROWS_WITH_AS(gradus::gradient_norm(z, one), doctest::Contains("has shape (2), its gradient (1)"),
                       gradus::Refused);
}
