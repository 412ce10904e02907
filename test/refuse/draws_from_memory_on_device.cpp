// refused: a policy that draws numbers is copied to the device's memory; let it keep nothing but numbers
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

#include <vector>

struct Table {
#ifdef TWIN
  double numbers[2]{1, 2};
#else
  std::vector<double> numbers{1, 2};
#endif
  static constexpr gradus::Name draws[]{"n"};
  template <class T>
  void draw(const gradus::Draw& what, std::size_t size, T* to) const {
    for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<T>(numbers[(what.first + i) % 2]);
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane n) { r.update += n; }
};

int main() {
  support::DeviceVector<float> theta, gradient;
  const gradus::Optimizer optimizer{Table{}, gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  support::Stream stream;
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
