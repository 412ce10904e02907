// SPDX-License-Identifier: MIT
// The bits of trajectories, which must be the same for every compiler, flag and instruction set.
#include "support/trajectories.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

namespace {

template <class T>
std::uint64_t all_trajectories() {
  support::Hash hash;
  support::for_each_composition([&](const char*, const auto& optimizer) {
    for (const std::size_t size : support::Sizes{1, 2, 3, 7, 37, 4099}) {
      const std::uint64_t one = support::trajectory<T>(optimizer, size);
      hash.add(std::span(&one, 1));
    }
  });
  return hash.value();
}

}  // namespace

TEST_CASE("trajectories hash to the same bits on every platform") {
  CHECK(all_trajectories<float>() == 0x6c6e1471db356636u);
  CHECK(all_trajectories<double>() == 0xb568598f32c05424u);
}
