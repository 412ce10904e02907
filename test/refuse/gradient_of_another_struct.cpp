// refused: the gradient is not a set like the parameters; give it the same struct, tuple, vector or map of tensors
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <boost/hana/define_struct.hpp>

struct Line {
  BOOST_HANA_DEFINE_STRUCT(Line, (double, slope), (double, intercept));
};
struct Point {
  BOOST_HANA_DEFINE_STRUCT(Point, (double, x), (double, y));
};
#ifdef TWIN
using Gradient = Line;
#else
using Gradient = Point;
#endif

void step(Line& theta, const Gradient& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
