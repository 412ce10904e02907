// SPDX-License-Identifier: MIT
// State is a value: saved after 10 steps and read back, a run continues to the same bits.
#include <gradus/optimizer.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

int main() {
  const auto optimizer = gradus::recipe::adam();
  std::vector<double> theta{3, -1};
  auto state = optimizer.init(theta);
  for (int i = 0; i < 10; ++i) optimizer.descend(theta, theta, state);

  // [save]
  std::map<std::string, std::vector<double>> file;
  const auto steps = state.step();
  state.visit([&](auto leaf, auto slot, auto values) {
    file[std::string(leaf) + "/" + std::string(slot)].assign(values.begin(), values.end());
  });
  // [save]

  // [restore]
  auto restored = optimizer.init(theta);
  restored.step(steps);
  restored.visit([&](auto leaf, auto slot, auto values) {
    const std::vector<double>& saved = file.at(std::string(leaf) + "/" + std::string(slot));
    if (saved.size() != values.size())
      throw std::runtime_error("the file is of another optimizer, or other parameters");
    std::ranges::transform(saved, values.begin(),
                           [](double x) { return static_cast<std::ranges::range_value_t<decltype(values)>>(x); });
  });
  // [restore]

  std::vector<double> other = theta;
  for (int i = 0; i < 10; ++i) optimizer.descend(theta, theta, state), optimizer.descend(other, other, restored);
  for (const auto& [name, values] : file) std::cout << name << ": " << values.size() << " values\n";
  return state == restored && theta == other ? 0 : 1;
}
