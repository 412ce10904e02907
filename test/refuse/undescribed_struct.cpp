// refused: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it, or name its
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <boost/hana/define_struct.hpp>

struct Line {
#ifdef TWIN
  BOOST_HANA_DEFINE_STRUCT(Line, (double, slope), (double, intercept));
#else
  double slope;
  double intercept;
#endif
};

void step(Line& theta, const Line& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
