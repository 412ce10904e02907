// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "function.hpp"

namespace classic {

/// What is to be told apart: rows of numbers, and which of them are the ones looked for.
struct Samples {
  std::vector<Vector> rows;
  std::vector<bool> wanted;
};

/// The flowers of a file, each a row of a one and four lengths, the latter with mean 0 and variance 1; Iris virginica
/// is wanted. Throws an exception that names a file that cannot be read.
Samples read_irises(const std::string& file);

/// The mean over all samples of log(1 + exp(-s w x)), where s is 1 for the wanted and -1 for the others, and a penalty
/// of w w / 200, by which one w is best.
double logistic_loss(const Samples& samples, const Vector& w, Vector& gradient);

/// The w that is best, by Newton's method, which shares with the recipes nothing but the gradient.
Vector newton(const Samples& samples);

/// Both as a function to minimize from 0.
Function logistic_regression(const std::string& irises);

}  // namespace classic
