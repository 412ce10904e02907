// SPDX-License-Identifier: MIT
#include <gradus/device/leaves.hpp>

#include "support/fake_device.hpp"
#include "support/random.hpp"

#include <doctest/doctest.h>

#include <vector>

using gradus::backend::Tiling;
using gradus::detail::norm_block;
using Row = gradus::backend::DeviceLeaf<float, double, float, 1>;

namespace {

/// Leaves whose numbers are contiguous, and the table that lists them.
struct Listed {
  std::vector<float> parameters, gradients, slots;
  std::vector<gradus::detail::Leaf> leaves{};
  gradus::detail::DeviceLeaves<Row> rows{};
  int changes = 0;

  explicit Listed(const std::vector<std::size_t>& sizes)
      : parameters(200000), gradients(200000), slots(1000 * sizes.size()) {
    std::size_t first = 0;
    for (const std::size_t size : sizes) {
      leaves.push_back(support::listed(parameters.data() + first, gradients.data() + first, size));
      first += size;
    }
    list();
  }

  void list() {
    rows.list(
        leaves, support::FakeDevice{}, support::device_space,
        [&](std::size_t l, std::size_t s) { return slots.data() + 1000 * l + s; }, [&] { ++changes; });
  }
};

// The listed row that holds element `at` of a numbering in which row r covers `covers(r)`.
template <class Covers>
std::size_t row_of(const std::vector<std::size_t>& sizes, std::size_t at, Covers covers) {
  std::size_t row = 0;
  for (; at >= covers(sizes[row]); ++row) at -= covers(sizes[row]);
  return row;
}

auto whole(std::size_t unit) {
  return [unit](std::size_t size) { return (size + unit - 1) / unit * unit; };
}

}  // namespace

TEST_SUITE_BEGIN("device leaves");

TEST_CASE("maps say which leaf every tile and every block begins in") {
  constexpr std::size_t tile = Tiling::tile<float>;
  const std::vector<std::size_t> sizes{0, 5, tile, 1, 0, 0, norm_block, 2 * tile + 1, 0, 10000, 3, 0};
  const Listed listed(sizes);
  const auto& table = listed.rows.table();
  std::size_t all[3]{};
  for (const std::size_t size : sizes)
    all[0] += size, all[1] += whole(norm_block)(size), all[2] += whole(tile)(size) / tile;
  REQUIRE(table.count == sizes.size());
  CHECK(table.size[0] == all[0]);
  CHECK(table.size[1] == all[1]);
  REQUIRE(table.tiles == all[2]);
  for (std::size_t t = 0; t < table.tiles; ++t) CHECK(table.at_tile(t).number == row_of(sizes, t * tile, whole(tile)));
  for (std::size_t b = 0; b < table.blocks(false); ++b)
    CHECK(table.at_block(false, b) == row_of(sizes, b * norm_block, whole(1)));
  for (std::size_t b = 0; b < table.blocks(true); ++b)
    CHECK(table.at_block(true, b) == row_of(sizes, b * norm_block, whole(norm_block)));
}

TEST_CASE("rows describe the leaves") {
  const Listed listed({10, 4096, 7});
  const auto rows = listed.rows.rows();
  REQUIRE(rows.size() == 3);
  std::size_t first = 0;
  for (std::size_t l = 0; l < 3; ++l) {
    CHECK(rows[l] == listed.rows.table().leaf(l));
    CHECK(rows[l].number == l);
    CHECK(rows[l].size == listed.leaves[l].size);
    CHECK(rows[l].parameter == listed.parameters.data() + first);
    CHECK(rows[l].gradient == listed.gradients.data() + first);
    CHECK(rows[l].slot[0] == listed.slots.data() + 1000 * l);
    CHECK(rows[l].own_gradient);
    CHECK(rows[l].begin[0] == first);
    first += rows[l].size;
  }
  CHECK(rows[1].begin[1] == norm_block);
  CHECK(rows[2].begin[1] == 2 * norm_block);
  CHECK(rows[2].first_tile == 1 + norm_block / Tiling::tile<float>);
}

TEST_CASE("a leaf counts as aligned if all its streams are") {
  Listed listed({8});
  for (std::size_t aside = 0; aside < 8; ++aside) {
    const auto aligned = [&](std::size_t p, std::size_t g) {
      listed.leaves[0] = support::listed(listed.parameters.data() + p, listed.gradients.data() + g, 8);
      listed.list();
      return listed.rows.rows()[0].aligned;
    };
    CHECK(aligned(aside, 0) == (aside % 4 == 0));
    CHECK(aligned(0, aside) == (aside % 4 == 0));
  }
}

TEST_CASE("a gradient of the storage's type is recognized, with the alignment of that type") {
  Listed listed({8});
  const std::vector<double> other(10);
  listed.leaves[0] = support::listed(listed.parameters.data(), other.data(), 8);
  listed.list();
  CHECK_FALSE(listed.rows.rows()[0].own_gradient);
  CHECK(listed.rows.rows()[0].gradient == other.data());
  CHECK(listed.rows.rows()[0].aligned);
}

TEST_CASE("leaves without a gradient or of another element type are not listed; the others keep their numbers") {
  Listed listed({10, 20, 30, 40});
  listed.leaves[1].absent = true;
  listed.leaves[3].element = &gradus::detail::element_type<double>;
  listed.list();
  REQUIRE(listed.rows.rows().size() == 2);
  CHECK(listed.rows.rows()[0].number == 0);
  CHECK(listed.rows.rows()[1].number == 2);
  CHECK(listed.rows.rows()[1].begin[0] == 10);
  CHECK(listed.rows.table().size[0] == 40);
}

TEST_CASE("the table is rewritten only when something changes") {
  Listed listed({10, 20});
  CHECK(listed.changes == 1);
  listed.list();
  CHECK(listed.changes == 1);
  listed.leaves[1].size = 19, listed.list();
  CHECK(listed.changes == 2);
  CHECK(listed.rows.table().leaf(1).size == 19);
  listed.leaves[0].absent = true, listed.list();
  CHECK(listed.changes == 3);
  CHECK(listed.rows.table().leaves == nullptr);  // a lone leaf is stored in the table itself
  CHECK(listed.rows.table().lone.number == 1);
  listed.leaves[1].absent = true, listed.list();
  CHECK(listed.rows.table().count == 0);
  CHECK(listed.rows.table().tiles == 0);
}

TEST_SUITE_END();
