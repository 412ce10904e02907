// refused: a policy that follows a schedule stands in `when`; put `when` into `follow`
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
  using namespace gradus;
  const auto value = [](std::int64_t) { return 1.0; };
#ifdef TWIN
  const Optimizer optimizer{follow<&Clip::value>(value, when(Every{2}, Clip{}))};
#else
  const Optimizer optimizer{when(Every{2}, follow<&Clip::value>(value))};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
