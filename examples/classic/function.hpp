// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace classic {

using Vector = std::vector<double>;

/// Returns the value at a point and fills in the gradient.
using Objective = std::function<double(const Vector& at, Vector& gradient)>;

/// A function to minimize whose minimum is known from elsewhere.
struct Function {
  std::string name;
  Objective objective;
  Vector start;
  Vector best;       ///< where it is least
  double least = 0;  ///< its value there
};

/// The value alone.
inline double value(const Function& function, const Vector& at) {
  Vector ignored(at.size());
  return function.objective(at, ignored);
}

/// The functions of the table of steps: six of two variables, and a logistic regression on the irises of a file.
std::vector<Function> functions(const std::string& irises);

/// A function of two variables and the frame in which it is shown.
struct Landscape {
  Function function;
  double left, right, low, high;
};

/// The landscapes of the pictures, each with a start from which there is something to see.
std::vector<Landscape> landscapes();

}  // namespace classic
