// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "function.hpp"

namespace classic {

/// A classification problem: rows of numbers, and which of them are wanted.
struct Samples {
  std::vector<Vector> rows;
  std::vector<bool> wanted;
};

/// The flowers of a file, each a row of a one and four lengths, the latter with mean 0 and variance 1; Iris virginica
/// is wanted. Throws an exception that names a file that cannot be read.
Samples read_irises(const std::string& file);

/// The mean over all samples of log(1 + exp(-s w x)), where s is 1 for the wanted and -1 for the others, plus a penalty
/// of w w / 200, which makes the best w unique.
double logistic_loss(const Samples& samples, const Vector& w, Vector& gradient);

/// The best w, by Newton's method, which shares nothing with the recipes but the gradient.
Vector newton(const Samples& samples);

/// The loss as a function to minimize from 0, with its best w.
Function logistic_regression(const std::string& irises);

}  // namespace classic
