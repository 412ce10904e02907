// SPDX-License-Identifier: MIT
#include "logistic.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace classic {

namespace {

using Matrix = std::vector<Vector>;

constexpr double penalty = 0.01;

double dot(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

// Gives a column mean 0 and variance 1.
void standardize(std::vector<Vector>& rows, std::size_t column) {
  const auto n = static_cast<double>(rows.size());
  double sum = 0, squares = 0;
  for (const Vector& row : rows) sum += row[column];
  for (const Vector& row : rows) squares += (row[column] - sum / n) * (row[column] - sum / n);
  for (Vector& row : rows) row[column] = (row[column] - sum / n) / std::sqrt(squares / n);
}

// The second derivatives of the loss.
Matrix hessian(const Samples& samples, const Vector& w) {
  const std::size_t size = w.size();
  Matrix all(size, Vector(size));
  for (const Vector& x : samples.rows) {
    const double p = 1 / (1 + std::exp(-dot(w, x)));
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j)
        all[i][j] += p * (1 - p) * x[i] * x[j] / static_cast<double>(samples.rows.size());
  }
  for (std::size_t i = 0; i < size; ++i) all[i][i] += penalty;
  return all;
}

// Solves a x = b by elimination; a is positive definite, so no rows need swapping.
Vector solve(Matrix a, Vector b) {
  for (std::size_t i = 0; i < b.size(); ++i)
    for (std::size_t row = i + 1; row < b.size(); ++row) {
      const double factor = a[row][i] / a[i][i];
      for (std::size_t j = i; j < b.size(); ++j) a[row][j] -= factor * a[i][j];
      b[row] -= factor * b[i];
    }
  for (std::size_t i = b.size(); i-- > 0;) {
    for (std::size_t j = i + 1; j < b.size(); ++j) b[i] -= a[i][j] * b[j];
    b[i] /= a[i][i];
  }
  return b;
}

}  // namespace

Samples read_irises(const std::string& file) {
  std::ifstream in{file};
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error{"cannot read '" + file + "'; name the file of irises"};
  Samples samples;
  Vector lengths(4);
  for (char comma = 0;
       in >> lengths[0] >> comma >> lengths[1] >> comma >> lengths[2] >> comma >> lengths[3] >> comma;) {
    in >> line;
    samples.rows.push_back({1, lengths[0], lengths[1], lengths[2], lengths[3]});
    samples.wanted.push_back(line == "virginica");
  }
  for (std::size_t column = 1; column <= lengths.size(); ++column) standardize(samples.rows, column);
  return samples;
}

double logistic_loss(const Samples& samples, const Vector& w, Vector& gradient) {
  const auto n = static_cast<double>(samples.rows.size());
  double loss = penalty * dot(w, w) / 2;
  std::transform(w.begin(), w.end(), gradient.begin(), [](double x) { return penalty * x; });
  for (std::size_t k = 0; k < samples.rows.size(); ++k) {
    const Vector& x = samples.rows[k];
    const double sign = samples.wanted[k] ? 1 : -1, margin = sign * dot(w, x);
    loss += std::log1p(std::exp(-margin)) / n;
    for (std::size_t i = 0; i < w.size(); ++i) gradient[i] -= sign / (1 + std::exp(margin)) * x[i] / n;
  }
  return loss;
}

Vector newton(const Samples& samples) {
  Vector w(samples.rows.front().size()), gradient = w;
  for (int step = 0; step < 20; ++step) {
    logistic_loss(samples, w, gradient);
    const Vector move = solve(hessian(samples, w), gradient);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] -= move[i];
  }
  return w;
}

Function logistic_regression(const std::string& irises) {
  const auto samples = std::make_shared<const Samples>(read_irises(irises));
  const auto loss = [samples](const Vector& w, Vector& gradient) { return logistic_loss(*samples, w, gradient); };
  Function function{"Logistic regression", loss, Vector(samples->rows.front().size()), newton(*samples), 0};
  function.least = value(function, function.best);
  return function;
}

}  // namespace classic
