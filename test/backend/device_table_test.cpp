// SPDX-License-Identifier: MIT
#include <gradus/backend/device_table.hpp>

#include "support/upper.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

using gradus::backend::DeviceControl;
using gradus::backend::DeviceScalars;
using gradus::backend::Tiling;
using gradus::detail::norm_block;
using Leaf = gradus::backend::DeviceLeaf<double, double, float, 2>;
using Table = gradus::backend::DeviceTable<Leaf>;

// The table is copied to a device byte by byte.
static_assert(std::is_trivially_copyable_v<Leaf> && std::is_trivially_copyable_v<Table>);
static_assert(std::is_trivially_copyable_v<DeviceScalars<float, 3>>);
static_assert(sizeof(DeviceControl) % 16 == 0 && alignof(DeviceControl) == 16);

static_assert(Tiling::group<float> == 4 && Tiling::group<double> == 2 && Tiling::group<support::Upper> == 8);
static_assert(Tiling::tile<double> == Tiling::threads * Tiling::groups * 2);

namespace {

Leaf leaf(std::uint32_t number) {
  Leaf made;
  made.number = number;
  return made;
}

}  // namespace

TEST_SUITE_BEGIN("device table");

TEST_CASE("a lone leaf lies in the table itself") {
  Table table{};
  table.lone = leaf(5), table.count = 1;
  CHECK(table.leaf(0) == leaf(5));
  CHECK(table.at_tile(3) == leaf(5));
  CHECK(table.at_block(false, 3) == 0);
  CHECK(table.at_block(true, 3) == 0);
}

TEST_CASE("with several leaves, maps tell in which row each tile and each block starts") {
  const Leaf rows[]{leaf(7), leaf(8), leaf(9)};
  const std::uint32_t tiles[]{0, 0, 1, 2}, closed_up[]{0, 2}, whole[]{0, 1, 2};
  const Table table{{}, rows, tiles, {closed_up, whole}, 3, {}, 4};
  CHECK(table.leaf(1).number == 8);
  for (std::size_t tile = 0; tile < 4; ++tile) CHECK(table.at_tile(tile).number == 7 + tiles[tile]);
  CHECK(table.at_block(false, 1) == 2);
  CHECK(table.at_block(true, 1) == 1);
}

TEST_CASE("a partly filled block counts as a block") {
  Table table{};
  table.size[0] = norm_block + 1, table.size[1] = 3 * norm_block;
  CHECK(table.blocks(false) == 2);
  CHECK(table.blocks(true) == 3);
  CHECK(Table{}.blocks(false) == 0);
}

TEST_CASE("without staging, the scalars are those of the launch, and the step is always taken") {
  const DeviceScalars<float, 2> scalars{{1, 2}};
  for (const auto mode : {DeviceControl::rests, DeviceControl::steps, DeviceControl::gathers}) CHECK(scalars.in(mode));
  float to[3]{};
  scalars.read(4, to);
  CHECK(to[0] == 1);
  CHECK(to[1] == 2);
}

TEST_CASE("with staging, scalars are those of the leaf and the mode is the staged one") {
  const double numbers[]{1, 2, 3, 4, 5, 6};  // two of them take as much space as one control
  std::vector<DeviceControl> staged(1 + 3);
  std::memcpy(staged.data() + 1, numbers, sizeof numbers);
  const DeviceScalars<double, 2> scalars{{}, staged.data()};
  for (const std::uint32_t stride : {0u, 2u}) {
    staged[0] = {DeviceControl::gathers, stride};
    CHECK(scalars.in(DeviceControl::gathers));
    CHECK_FALSE(scalars.in(DeviceControl::steps));
    for (std::uint32_t l = 0; l < 3; ++l) {
      double to[3]{};
      scalars.read(l, to);
      CHECK(to[0] == numbers[l * stride]);
      CHECK(to[1] == numbers[l * stride + 1]);
    }
  }
}

TEST_SUITE_END();
