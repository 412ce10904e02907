// SPDX-License-Identifier: MIT
#include <gradus/core/repeat.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <tuple>
#include <vector>

TEST_CASE("repeat: calls with every number once, in order") {
  std::vector<std::size_t> seen;
  gradus::detail::repeat<4>([&](auto i) { seen.push_back(i); });
  CHECK(seen == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("repeat: zero times is never") {
  gradus::detail::repeat<0>([](auto) { FAIL("called"); });
}

TEST_CASE("repeat: indices are constants, usable in constant expressions") {
  constexpr std::tuple parts{1, 2.5, 'c'};
  constexpr auto sizes = [&] {
    std::array<std::size_t, 3> size{};
    gradus::detail::repeat<3>([&](auto i) { size[i] = sizeof(std::get<i>(parts)); });
    return size;
  }();
  static_assert(sizes == std::array{sizeof(int), sizeof(double), sizeof(char)});
}
