// SPDX-License-Identifier: MIT
#include <gradus/device/set.hpp>

#include "support/fake_device.hpp"
#include "support/upper.hpp"

#include <doctest/doctest.h>

#include <type_traits>
#include <vector>

using gradus::Storage;
using gradus::detail::norm_block;
using MixedSet = gradus::detail::DeviceSet<Storage<>, 1, float, double>;

static_assert(MixedSet::types == 2);
static_assert(std::is_same_v<MixedSet::Row<double>::Slot, double> &&
              std::is_same_v<MixedSet::Row<float>::GradientElement, float>);
using Stored = gradus::detail::DeviceSet<Storage<support::Upper, float>, 2, double>;
static_assert(std::is_same_v<Stored::Row<double>::Slot, support::Upper>);
static_assert(std::is_same_v<Stored::Row<double>::GradientElement, float>);

namespace {

constexpr std::size_t float_sizes[]{norm_block + 1, 3}, double_sizes[]{5, 2 * norm_block, 1};

/// Leaves of alternating types: a float, a double, ...
struct MixedLeaves {
  std::vector<float> floats = std::vector<float>(2 * norm_block);
  std::vector<double> doubles = std::vector<double>(3 * norm_block);
  std::vector<gradus::detail::Leaf> leaves{
      support::listed(floats.data(), floats.data(), float_sizes[0]),
      support::listed(doubles.data(), doubles.data(), double_sizes[0]),
      support::listed(floats.data() + float_sizes[0], floats.data(), float_sizes[1]),
      support::listed(doubles.data() + double_sizes[0], doubles.data(), double_sizes[1]),
      support::listed(doubles.data() + 2 * norm_block + 5, doubles.data(), double_sizes[2]),
  };
  int changes = 0;
  MixedSet set{};

  MixedLeaves() { list(); }
  void list() {
    set.list(
        leaves, support::FakeDevice{}, support::device_space, [](std::size_t, std::size_t) -> void* { return nullptr; },
        [&] { ++changes; });
  }
};

}  // namespace

TEST_SUITE_BEGIN("device set");

TEST_CASE("leaves are listed by element type and keep their numbers") {
  MixedLeaves listed;
  CHECK(listed.changes == 2);
  std::vector<std::uint32_t> numbers[2];
  listed.set.for_each([&]<class R>(const gradus::detail::DeviceLeaves<R>& leaves, std::size_t t) {
    CHECK(std::is_same_v<typename R::Element, double> == (t == 1));
    for (const R& row : leaves.rows()) numbers[t].push_back(row.number);
  });
  CHECK(numbers[0] == std::vector<std::uint32_t>{0, 2});
  CHECK(numbers[1] == std::vector<std::uint32_t>{1, 3, 4});
}

TEST_CASE("a leaf without a gradient is noticed, and only its type is listed again") {
  MixedLeaves listed;
  CHECK(listed.set.all_present());
  listed.leaves[4].absent = true;
  listed.list();
  CHECK_FALSE(listed.set.all_present());
  CHECK(listed.changes == 3);
  listed.leaves[4].absent = false;
  listed.list();
  CHECK(listed.set.all_present());
}

TEST_CASE("blocks are counted over all types, both packed and starting with each leaf") {
  MixedLeaves listed;
  CHECK(listed.set.blocks(0, false) == 0);
  CHECK(listed.set.blocks(1, false) == 2);
  CHECK(listed.set.blocks(1, true) == 3);
  CHECK(listed.set.blocks(2, false) == 2 + 3);
  CHECK(listed.set.blocks(2, true) == 3 + 4);
  CHECK(listed.set.blocks() == 7);
}

TEST_CASE("the results of a type follow those of the types before it") {
  MixedLeaves listed;
  const std::vector<double> measured(100);
  constexpr std::size_t each = 4;
  for (const bool by_leaf : {false, true}) {
    const auto floats = listed.set.result(measured.data(), each, 0, by_leaf);
    const auto doubles = listed.set.result(measured.data(), each, 1, by_leaf);
    CHECK(floats.value == measured.data());
    CHECK(doubles.value == measured.data() + each * floats.count);
    CHECK(floats.count == (by_leaf ? 3 : 2));
    CHECK(doubles.count == (by_leaf ? 4 : 3));
    CHECK(doubles.trees == 0);
  }
}

TEST_SUITE_END();
