// SPDX-License-Identifier: MIT
#include <cmath>

#include "function.hpp"
#include "logistic.hpp"

namespace classic {

namespace {

double square(double x) { return x * x; }

double sphere(const Vector& at, Vector& gradient) {
  const double x = at[0], y = at[1];
  gradient = {2 * x, 2 * y};
  return x * x + y * y;
}

double booth(const Vector& at, Vector& gradient) {
  const double a = at[0] + 2 * at[1] - 7, b = 2 * at[0] + at[1] - 5;
  gradient = {2 * a + 4 * b, 4 * a + 2 * b};
  return a * a + b * b;
}

double matyas(const Vector& at, Vector& gradient) {
  const double x = at[0], y = at[1];
  gradient = {0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x};
  return 0.26 * (x * x + y * y) - 0.48 * x * y;
}

double mccormick(const Vector& at, Vector& gradient) {
  const double x = at[0], y = at[1], slope = std::cos(x + y);
  gradient = {slope + 2 * (x - y) - 1.5, slope - 2 * (x - y) + 2.5};
  return std::sin(x + y) + square(x - y) - 1.5 * x + 2.5 * y + 1;
}

double styblinski_tang(const Vector& at, Vector& gradient) {
  double sum = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double x = at[i];
    sum += (x * x * x * x - 16 * x * x + 5 * x) / 2;
    gradient[i] = (4 * x * x * x - 32 * x + 5) / 2;
  }
  return sum;
}

double rosenbrock(const Vector& at, Vector& gradient) {
  const double x = at[0], rise = at[1] - x * x;
  gradient = {-2 * (1 - x) - 400 * x * rise, 200 * rise};
  return square(1 - x) + 100 * square(rise);
}

double bowl(const Vector& at, Vector& gradient) {
  const double x = at[0], y = at[1];
  gradient = {x, 20 * y};
  return (x * x + 20 * y * y) / 2;
}

double beale(const Vector& at, Vector& gradient) {
  const double x = at[0], y = at[1];
  const double a = 1.5 - x + x * y, b = 2.25 - x + x * y * y, c = 2.625 - x + x * y * y * y;
  gradient = {2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1)), 2 * x * (a + 2 * b * y + 3 * c * y * y)};
  return a * a + b * b + c * c;
}

}  // namespace

// The minima are from Jamil and Yang, "A literature survey of benchmark functions", 2013. The starts lie in
// the basin of that minimum: McCormick falls without end beyond its box, and Styblinski-Tang has three other minima.
std::vector<Function> functions(const std::string& irises) {
  return {
      {"Sphere", sphere, {1, 2}, {0, 0}, 0},
      {"Booth", booth, {-9, -9}, {1, 3}, 0},
      {"Matyas", matyas, {5, 2}, {0, 0}, 0},
      {"McCormick", mccormick, {-1, 2}, {-0.54719, -1.54719}, -1.9132229},
      {"Styblinski-Tang", styblinski_tang, {-1, -4}, {-2.903534, -2.903534}, 2 * -39.1661657},
      {"Rosenbrock", rosenbrock, {-1.2, 1}, {1, 1}, 0},
      logistic_regression(irises),
  };
}

std::vector<Landscape> landscapes() {
  return {
      {{"Bowl", bowl, {-4, 1.2}, {0, 0}, 0}, -5, 3, -1.6, 1.6},
      {{"Rosenbrock", rosenbrock, {-1.2, 1}, {1, 1}, 0}, -1.6, 1.6, -0.6, 1.6},
      {{"Styblinski-Tang", styblinski_tang, {0.1, -0.5}, {-2.903534, -2.903534}, 2 * -39.1661657},
       -4.2,
       4.2,
       -4.2,
       4.2},
      {{"Beale", beale, {0.7, 1.5}, {3, 0.5}, 0}, -0.5, 4.2, -1.2, 1.9},
  };
}

}  // namespace classic
