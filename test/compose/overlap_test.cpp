// SPDX-License-Identifier: MIT
#include <gradus/compose/overlap.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace gradus;

namespace {

double memory[16];

Leaf parameter(std::size_t first, std::size_t size) {
  Leaf leaf;
  leaf.size = size, leaf.parameter_memory = memory + first, leaf.parameter_bytes = size * sizeof(double);
  return leaf;
}

Leaf with_gradient(Leaf leaf, std::size_t first) {
  leaf.gradient_memory = memory + first, leaf.gradient_bytes = leaf.size * sizeof(double);
  return leaf;
}

std::vector<LeafSlots> named(std::size_t size) {
  std::vector<LeafSlots> known(size);
  for (std::size_t l = 0; l < size; ++l) known[l].name = std::string(1, static_cast<char>('a' + l));
  return known;
}

}  // namespace

TEST_SUITE_BEGIN("overlap");

TEST_CASE("parameters side by side, in any order, share nothing; empty ones neither") {
  const std::vector<Leaf> leaves{parameter(8, 4), parameter(0, 4), parameter(4, 4), parameter(5, 0)};
  const auto known = named(4);
  std::vector<std::size_t> sorted;
  CHECK_NOTHROW(Overlap(leaves, known, sorted).check_parameters());
  CHECK(sorted == std::vector<std::size_t>{1, 2, 0});
}

TEST_CASE("parameters that share an element are refused by name") {
  const std::vector<Leaf> leaves{parameter(8, 4), parameter(0, 9)};
  const auto known = named(2);
  std::vector<std::size_t> sorted;
  CHECK_THROWS_WITH_AS(Overlap(leaves, known, sorted).check_parameters(), doctest::Contains("b and a share memory"),
                       Refused);
}

TEST_CASE("a gradient may be its parameter's memory exactly, and lie in no other's") {
  const std::vector<Leaf> leaves{parameter(0, 4), parameter(4, 4)};
  const auto known = named(2);
  std::vector<std::size_t> sorted;
  Overlap overlap(leaves, known, sorted);
  overlap.check_parameters();
  CHECK_NOTHROW(overlap.check_gradient(0, with_gradient(leaves[0], 0)));
  CHECK_NOTHROW(overlap.check_gradient(0, with_gradient(leaves[0], 8)));
  CHECK_NOTHROW(overlap.check_gradient(0, leaves[0]));
  CHECK_THROWS_WITH_AS(overlap.check_gradient(0, with_gradient(leaves[0], 1)),
                       doctest::Contains("the gradient of a overlaps the memory of a"), Refused);
  CHECK_THROWS_WITH_AS(overlap.check_gradient(0, with_gradient(leaves[0], 4)),
                       doctest::Contains("the gradient of a overlaps the memory of b"), Refused);
}

TEST_SUITE_END();
