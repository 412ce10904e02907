// refused: this policy cannot rest: it guards, observes, gathers, borrows, estimates, draws, keeps numbers that no
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
  using namespace gradus;
#ifdef TWIN
  const Optimizer optimizer{MeanSquare{}, when(From{10}, DivideByRoot{})};
#else
  const Optimizer optimizer{when(From{10}, MeanSquare{}), DivideByRoot{}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
