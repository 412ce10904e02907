// SPDX-License-Identifier: MIT
#include <gradus/drive/check_gradient.hpp>

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

// f = sum sin(x_i), with an error in one element of the gradient if asked for.
struct Sines {
  int wrong = -1;
  double operator()(const std::vector<double>& x, std::vector<double>& gradient) const {
    double value = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      value += std::sin(x[i]);
      gradient[i] = std::cos(x[i]) + (static_cast<int>(i) == wrong ? 1e-4 : 0);
    }
    return value;
  }
};

}  // namespace

TEST_CASE("a correct gradient passes, and the parameters stay unchanged") {
  std::vector<double> x{0.1, 2, -40};
  const auto kept = x;
  const auto check = gradus::check_gradient(Sines{}, x);
  CHECK(check.good());
  CHECK(static_cast<bool>(check));
  CHECK(x == kept);
}

TEST_CASE("a wrong element is named with both numbers") {
  std::vector<double> x{0.1, 2, -40};
  const auto check = gradus::check_gradient(Sines{.wrong = 1}, x);
  CHECK_FALSE(check.good());
  CHECK(check.leaf == "parameter");
  CHECK(check.index == 1);
  CHECK(check.given == std::cos(2.0) + 1e-4);
  CHECK(check.numeric == doctest::Approx(std::cos(2.0)).epsilon(1e-9));
  CHECK(check.str().starts_with("parameter[1]: the gradient given is -0.416"));
  CHECK(gradus::check_gradient(Sines{.wrong = 1}, x, 1e-3).good());
}

TEST_CASE("an element that is not assigned is found, even if the parameter would be its gradient") {
  std::vector<double> x{1, 2};
  const auto half_square = [](const std::vector<double>& p, std::vector<double>& gradient) {
    gradient[0] = p[0];
    return (p[0] * p[0] + p[1] * p[1]) / 2;
  };
  const auto check = gradus::check_gradient(half_square, x);
  CHECK_FALSE(check.good());
  CHECK(check.index == 1);
}

TEST_CASE("a small gradient is judged by its own size, unless the value's rounding hides it") {
  const auto scaled = [](double scale, double wrong, double offset) {
    return [=](double x, double& gradient) { return gradient = wrong * 2 * scale * x, offset + scale * x * x; };
  };
  double x = 1;
  CHECK(gradus::check_gradient(scaled(1e-7, 1, 0), x).good());
  CHECK_FALSE(gradus::check_gradient(scaled(1e-7, -1, 0), x).good());
  CHECK_FALSE(gradus::check_gradient(scaled(1e-7, 2, 0), x).good());
  CHECK(gradus::check_gradient(scaled(1, 1, 1e8), x).good());
  CHECK_FALSE(gradus::check_gradient(scaled(1, 2, 1e8), x).good());

  // At the top of a likelihood the gradient is what rounding leaves of it.
  double mean = 0.25;
  const auto likelihood = [](double m, double& gradient) {
    double value = 0;
    gradient = 0;
    for (int i = 0; i < 100000; ++i) {
      const double off = std::sin(i) + 0.25 - m;
      value -= off * off / 2, gradient += off;
    }
    return value;
  };
  gradus::maximize(likelihood, mean, gradus::Optimizer{gradus::LearningRate{1e-5}}, {.steps = 3});
  CHECK(gradus::check_gradient(likelihood, mean).good());
}

TEST_CASE("at a solution, where the gradient is rounding, nothing is accused") {
  // Least squares with an exact solution, b summed in another order than the residual.
  for (int seed = 0; seed < 200; ++seed) {
    double a[4][3], b[4]{};
    std::vector<double> x{0.3, -0.7, 1.1};
    for (int i = 0; i < 4; ++i)
      for (int k = 2; k >= 0; --k) {
        a[i][k] = std::sin(seed + 3 * i + k + 1.0);
        b[i] += a[i][k] * x[static_cast<std::size_t>(k)];
      }
    const auto squares = [&](const std::vector<double>& p, std::vector<double>& gradient) {
      double value = 0;
      gradient.assign(3, 0);
      for (int i = 0; i < 4; ++i) {
        double residual = -b[i];
        for (std::size_t k = 0; k < 3; ++k) residual += a[i][k] * p[k];
        value += residual * residual / 2;
        for (std::size_t k = 0; k < 3; ++k) gradient[k] += residual * a[i][k];
      }
      return value;
    };
    REQUIRE(gradus::check_gradient(squares, x).good());
  }
}

TEST_CASE("floats whose objective counts in double are judged by the double's precision") {
  std::vector<float> x{1};
  const auto linear = [](float slope) {
    return [=](const std::vector<float>& p, std::vector<float>& gradient) {
      return gradient[0] = slope, 1000 + static_cast<double>(p[0]);
    };
  };
  CHECK(gradus::check_gradient(linear(1), x).good());
  CHECK_FALSE(gradus::check_gradient(linear(1.5f), x).good());
  double y = 1e-3;
  const auto hidden = [](double p, double& gradient) { return gradient = 1e-4, 1e8 + p * p * 1e-6; };
  CHECK(gradus::check_gradient(hidden, y).str().ends_with(", as near as rounding lets tell"));
}

TEST_CASE("a function that bends on the scale of a small parameter is judged on that scale") {
  const auto logarithm = [](double wrong) {
    return [=](double x, double& gradient) { return gradient = wrong / x, std::log(x); };
  };
  for (double x : {2e-5, 1e-6, 3e-9, 4.0}) {
    CHECK(gradus::check_gradient(logarithm(1), x).good());
    CHECK_FALSE(gradus::check_gradient(logarithm(1.001), x).good());
  }
  double zero = 0;  // nothing but a third derivative
  const auto third = [](double x, double& gradient) { return gradient = std::cos(x) - 1, std::sin(x) - x; };
  CHECK(gradus::check_gradient(third, zero).good());
  double kink = 3e-6;
  const auto magnitude = [](double x, double& gradient) { return gradient = x < 0 ? -1 : 1, std::abs(x); };
  CHECK(gradus::check_gradient(magnitude, kink).good());
}

TEST_CASE("in a set, the leaf of the wrong element is named") {
  std::map<std::string, std::vector<double>> x{{"bias", {0.5}}, {"weight", {1, 2}}};
  const auto product = [](const auto& at, auto& gradient) {
    const double bias = at.at("bias")[0];
    const auto& weight = at.at("weight");
    gradient["bias"] = {weight[0] * weight[1]};
    gradient["weight"] = {bias * weight[1], 2 * bias * weight[0]};
    return bias * weight[0] * weight[1];
  };
  const auto check = gradus::check_gradient(product, x);
  CHECK(check.leaf == "weight");
  CHECK(check.index == 1);
  CHECK(check.given == 1);
  CHECK(check.numeric == doctest::Approx(0.5).epsilon(1e-9));
}

TEST_CASE("an expression that reads the parameters is evaluated at the unperturbed point") {
  xt::xarray<double> x{{1, 2}, {3, 4}};
  const auto cubes = gradus::objective([](const auto& at) { return xt::sum(at * at * at)(); },
                                       [](const auto& at) { return 3.0 * at * at; });
  CHECK(gradus::check_gradient(cubes, x).good());
  const auto squares = gradus::objective([](const auto& at) { return xt::sum(at * at * at)(); },
                                         [](const auto& at) { return 2.0 * at; });
  CHECK(gradus::check_gradient(squares, x).index == 3);
}

TEST_CASE("a non-finite gradient has infinite error") {
  std::vector<double> x{1};
  const auto nan = [](const std::vector<double>& at, std::vector<double>& g) { return g[0] = std::nan(""), at[0]; };
  const auto check = gradus::check_gradient(nan, x);
  CHECK_FALSE(check.good());
  CHECK(std::isinf(check.error));
}

TEST_CASE("if the objective throws, the parameters are restored") {
  std::vector<double> x{1, 2};
  int calls = 0;
  const auto throwing = [&](const std::vector<double>& at, std::vector<double>& gradient) {
    if (++calls == 4) throw std::runtime_error("no");
    return gradient.assign({1, 1}), at[0] + at[1];
  };
  CHECK_THROWS_AS(gradus::check_gradient(throwing, x), std::runtime_error);
  CHECK(x == std::vector<double>{1, 2});
}

TEST_CASE("a logarithm's slope at a small number is judged on that number's scale") {
  for (const double at : {1e-3, 1e-6, 1e-9, 1e-12}) {
    CAPTURE(at);
    std::vector<double> x{at};
    const auto logarithm = [](double factor) {
      return [factor](const std::vector<double>& p, std::vector<double>& gradient) {
        gradient[0] = factor / p[0];
        return std::log(p[0]);
      };
    };
    CHECK(gradus::check_gradient(logarithm(1), x).good());
    CHECK_FALSE(gradus::check_gradient(logarithm(1.001), x).good());
  }
}

TEST_CASE("a gradient of another shape is refused") {
  std::vector<double> x{1, 2};
  const auto longer = [](const std::vector<double>& at, std::vector<double>& gradient) {
    return gradient = {1, 1, 1}, at[0] + at[1];
  };
  CHECK_THROWS_WITH_AS(gradus::check_gradient(longer, x), doctest::Contains("has shape (2), its gradient (3)"),
                       gradus::Refused);
  xt::xarray<double> y{1, 2};
  const auto taller = gradus::objective([](const auto& at) { return xt::sum(at)(); },
                                        [](const auto&) { return xt::xarray<double>{{1, 1}, {1, 1}}; });
  CHECK_THROWS_WITH_AS(gradus::check_gradient(taller, y), doctest::Contains("has shape (2), its gradient (2, 2)"),
                       gradus::Refused);
}

TEST_CASE("of no elements nothing is accused") {
  std::vector<double> none;
  const auto check = gradus::check_gradient(Sines{}, none);
  CHECK(check.good());
  CHECK(check.leaf.empty());
}

TEST_CASE("the tolerance is a tenth of the root of epsilon, and an error of that size is good") {
  std::vector<double> x{1};
  CHECK(gradus::check_gradient(Sines{}, x).tolerance == std::cbrt(0x1p-52) / 10);
  CHECK(gradus::check_gradient(Sines{}, x, 1e-3).tolerance == 1e-3);
  gradus::GradientCheck check;
  check.error = check.tolerance = 0.5;
  CHECK(check.good());
}

TEST_CASE("a good check says whether the numbers are near, or rounding hides how far they are") {
  std::vector<double> x{-0.5, 0.5};
  CHECK(gradus::check_gradient(Sines{.wrong = 1}, x, 1e-3).str().ends_with(", within 0.001"));
}

TEST_CASE("of equal errors the first is named") {
  std::vector<double> x{0, 0, 0};
  const auto sum = [](const std::vector<double>& at, std::vector<double>& gradient) {
    return gradient = {1, 2, 2}, at[0] + at[1] + at[2];
  };
  CHECK(gradus::check_gradient(sum, x).index == 1);
}
