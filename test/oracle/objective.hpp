// SPDX-License-Identifier: MIT
#pragma once

#include "tensors.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace oracle {

/// The gradient, in double, of a function to be maximized.
using Field = std::function<Tensors<double>(const Tensors<double>&)>;

/// A gradient that depends on each element alone.
template <class F>
Field elementwise(F derivative) {
  return [derivative](Tensors<double> x) {
    for (auto& tensor : x)
      for (double& value : tensor) value = derivative(value);
    return x;
  };
}

inline double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// b'x - x'Ax / 2 with a symmetric A
inline Field concave_quadratic(const Tensors<double>& a, const std::vector<double>& b) {
  return [=](const Tensors<double>& x) {
    Tensors<double> g{b};
    for (std::size_t i = 0; i < b.size(); ++i) g[0][i] -= dot(a[i], x[0]);
    return g;
  };
}

/// sum_i y_i z_i - log(1 + exp z_i) with z = Xw
inline Field logistic_log_likelihood(const Tensors<double>& rows, const std::vector<double>& y) {
  return [=](const Tensors<double>& w) {
    Tensors<double> g{std::vector<double>(w[0].size(), 0.0)};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double residual = y[i] - 1 / (1 + std::exp(-dot(rows[i], w[0])));
      for (std::size_t k = 0; k < g[0].size(); ++k) g[0][k] += rows[i][k] * residual;
    }
    return g;
  };
}

/// -((1 - x)^2 + 100 (y - x^2)^2)
inline Tensors<double> neg_rosenbrock(const Tensors<double>& at) {
  const double x = at[0][0], y = at[0][1], valley = y - x * x;
  return {{2 * (1 - x) + 400 * x * valley, -200 * valley}};
}

/// -(2 w + b - 10)^2, w and b being tensors of their own
inline Tensors<double> neg_square_of_line(const Tensors<double>& at) {
  const double residual = 2 * at[0][0] + at[1][0] - 10;
  return {{-4 * residual}, {-2 * residual}};
}

inline double neg_square(double x) { return -2 * x; }

/// -sin(5 pi x) x
inline double neg_x_sin_5pi_x(double x) {
  const double k = 5 * std::numbers::pi;
  return -(std::sin(k * x) + k * x * std::cos(k * x));
}

/// The name of a record's objective; a benchmark gives its formula instead.
inline std::string objective_name(const Json& record) {
  if (record.contains("objective")) return record.at("objective").at("name");
  const std::string function = record.at("function"), formula = function.substr(0, function.find(';'));
  if (formula == "-x^2") return "neg_square";
  if (formula == "-(x0^2 + x1^2)") return "neg_sum_squares";
  if (formula == "-sin(5*pi*x)*x") return "neg_x_sin_5pi_x";
  if (formula == "-(2*w + b - 10)^2") return "neg_square_of_line";
  return formula;
}

inline Field field_of(const Json& record) {
  const std::string name = objective_name(record);
  if (name == "neg_square" || name == "neg_sum_squares") return elementwise(neg_square);
  if (name == "neg_x_sin_5pi_x") return elementwise(neg_x_sin_5pi_x);
  if (name == "neg_rosenbrock") return neg_rosenbrock;
  if (name == "neg_square_of_line") return neg_square_of_line;
  const Json& data = record.at("objective");
  if (name == "concave_quadratic") return concave_quadratic(data.at("A"), data.at("b"));
  if (name == "logistic_log_likelihood") return logistic_log_likelihood(data.at("X"), data.at("y"));
  throw std::runtime_error("no objective " + name);
}

/// The gradients of a stream, which golden.py computes from the same integers.
class Stream {
 public:
  explicit Stream(std::uint64_t seed, Json spoiled = Json::array()) : seed_(seed), spoiled_(std::move(spoiled)) {}

  /// The gradient of an element, numbered through all tensors, in a step counted from 1.
  double at(std::uint64_t step, std::uint64_t element) const {
    for (const Json& one : spoiled_)
      if (one.at(0) == step && one.at(1) == element)
        return step % 2 != 0 ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
    if (step == 8 || (element == 0 && step <= 5)) return 0;
    const bool large = (7 * step + element) % 41 == 0;
    const double size = std::ldexp(large ? 64.0 : 1.0, static_cast<int>(element % 5) - 2);
    return (uniform(step, element) + 0.25 * (static_cast<double>(element % 3) - 1)) * size;
  }

 private:
  // splitmix64, in [-1, 1)
  double uniform(std::uint64_t step, std::uint64_t element) const {
    std::uint64_t x = seed_ * 1000003 + step * 1009 + element + 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return std::ldexp(static_cast<double>((x ^ (x >> 31)) >> 11), -52) - 1;
  }

  std::uint64_t seed_;
  Json spoiled_;  // the elements of steps that are not finite
};

/// The gradients that a record's optimizer is given in every step: those stored in the record, a stream's, or its
/// objective's.
class GradientSource {
 public:
  explicit GradientSource(const Json& record) : fixed_(record.value("gradients", Json())) {
    if (record.contains("stream"))
      stream_.emplace(record.at("stream").get<std::uint64_t>(), record.value("spoiled", Json::array()));
    if (stream_ || !fixed_.is_null()) return;
    field_ = field_of(record);
    sign_ = record.contains("objective") ? record.at("objective").at("sign").get<double>() : 1;
  }

  /// In the step with this index; an objective's gradient is computed in double and rounded once.
  template <class T>
  Gradients<T> at(std::size_t index, const Tensors<T>& theta) const {
    if (!stream_ && !field_) return read_gradients<T>(fixed_.at(index));
    Gradients<T> handed;
    if (stream_) {
      std::uint64_t element = 0;
      for (const auto& tensor : theta) {
        auto& values = handed.emplace_back().emplace();
        while (values.size() < tensor.size()) values.push_back(static_cast<T>(stream_->at(index + 1, element++)));
      }
      return handed;
    }
    for (const auto& tensor : field_(converted<double>(theta))) {
      auto& values = handed.emplace_back().emplace();
      for (const double x : tensor) values.push_back(static_cast<T>(sign_ * x));
    }
    return handed;
  }

 private:
  Json fixed_;
  std::optional<Stream> stream_;
  Field field_;
  double sign_ = 1;
};

}  // namespace oracle
