// SPDX-License-Identifier: MIT
#include <gradus/step/overlap.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace gradus;

namespace {

double memory[32];

detail::Leaf parameter(std::size_t first, std::size_t size) {
  detail::Leaf leaf;
  leaf.size = size, leaf.parameter_memory = memory + first, leaf.parameter_bytes = size * sizeof(double);
  return leaf;
}

detail::Leaf with_gradient(detail::Leaf leaf, std::size_t first) {
  leaf.gradient_memory = memory + first, leaf.gradient_bytes = leaf.size * sizeof(double);
  return leaf;
}

// Every second element of the memory.
detail::Leaf stepped(std::size_t first, std::size_t size) {
  static std::size_t begins[4], lengths[4], next = 0;
  const std::size_t which = next++ % 4;
  begins[which] = first, lengths[which] = size;
  detail::Leaf leaf = parameter(first, size);
  leaf.parameter_bytes = sizeof(double), leaf.element = &detail::element_type<double>, leaf.tensor = &begins[which];
  leaf.visit = [](const void* tensor, void* visitor, void (*visit)(void*, const void*)) {
    const auto* begin = static_cast<const std::size_t*>(tensor);
    for (std::size_t i = 0; i < lengths[begin - begins]; ++i) visit(visitor, memory + *begin + 2 * i);
  };
  return leaf;
}

std::vector<detail::LeafSlots> named(std::size_t size) {
  std::vector<detail::LeafSlots> known(size);
  for (std::size_t l = 0; l < size; ++l) known[l].name = std::string(1, static_cast<char>('a' + l));
  return known;
}

}  // namespace

TEST_SUITE_BEGIN("overlap");

TEST_CASE("adjacent and empty parameters, in any order, share no memory") {
  std::vector<detail::Leaf> leaves{parameter(8, 4), parameter(0, 4), parameter(4, 4), parameter(5, 0)};
  const auto known = named(4);
  std::vector<detail::Leaf::Piece> sorted;
  CHECK_NOTHROW(detail::Overlap(leaves, known, sorted).check_parameters());
  std::vector<std::size_t> order;
  for (const detail::Leaf::Piece& piece : sorted) order.push_back(piece.leaf);
  CHECK(order == std::vector<std::size_t>{1, 2, 0});
}

TEST_CASE("parameters that share an element are refused by name") {
  std::vector<detail::Leaf> leaves{parameter(8, 4), parameter(0, 9)};
  const auto known = named(2);
  std::vector<detail::Leaf::Piece> sorted;
  CHECK_THROWS_WITH_AS(detail::Overlap(leaves, known, sorted).check_parameters(),
                       doctest::Contains("b and a share memory"), Refused);
}

TEST_CASE("a gradient may be exactly its parameter's memory, but may overlap no other parameter") {
  std::vector<detail::Leaf> leaves{parameter(0, 4), parameter(4, 4)};
  const auto known = named(2);
  std::vector<detail::Leaf::Piece> sorted;
  detail::Overlap overlap(leaves, known, sorted);
  overlap.check_parameters();
  CHECK_NOTHROW(overlap.check_gradient(0, with_gradient(leaves[0], 0)));
  CHECK_NOTHROW(overlap.check_gradient(0, with_gradient(leaves[0], 8)));
  CHECK_NOTHROW(overlap.check_gradient(0, leaves[0]));
  CHECK_THROWS_WITH_AS(overlap.check_gradient(0, with_gradient(leaves[0], 1)),
                       doctest::Contains("the gradient of a overlaps the memory of a"), Refused);
  CHECK_THROWS_WITH_AS(overlap.check_gradient(0, with_gradient(leaves[0], 4)),
                       doctest::Contains("the gradient of a overlaps the memory of b"), Refused);
}

TEST_CASE("strided views may interleave, but may share no element") {
  const auto known = named(3);
  std::vector<detail::Leaf::Piece> sorted;
  std::vector<detail::Leaf> apart{stepped(1, 4), stepped(0, 4), parameter(8, 2)};
  CHECK_NOTHROW(detail::Overlap(apart, known, sorted).check_parameters());
  std::vector<detail::Leaf> sharing{stepped(1, 4), stepped(0, 4), stepped(6, 2)};
  CHECK_THROWS_WITH_AS(detail::Overlap(sharing, known, sorted).check_parameters(), doctest::Contains("share memory"),
                       Refused);
  std::vector<detail::Leaf> covered{stepped(0, 4), parameter(8, 2), parameter(5, 2)};
  CHECK_THROWS_WITH_AS(detail::Overlap(covered, known, sorted).check_parameters(), doctest::Contains("share memory"),
                       Refused);
  std::vector<detail::Leaf> between{stepped(0, 4), parameter(5, 1), parameter(7, 2)};
  CHECK_NOTHROW(detail::Overlap(between, known, sorted).check_parameters());
}

TEST_CASE("a strided view with overlapping elements of its own is refused") {
  static std::size_t stride;  // stride of the six rows; the two columns are 4 apart
  detail::Leaf leaf = parameter(0, 12);
  leaf.parameter_bytes = sizeof(double), leaf.element = &detail::element_type<double>;
  leaf.visit = [](const void*, void* visitor, void (*visit)(void*, const void*)) {
    for (std::size_t i = 0; i < 6; ++i)
      for (std::size_t j = 0; j < 2; ++j) visit(visitor, memory + i * stride + 4 * j);
  };
  std::vector<detail::Leaf> leaves{leaf};
  const auto known = named(1);
  std::vector<detail::Leaf::Piece> sorted;
  for (const std::size_t shared : {0, 1, 2, 4}) {
    stride = shared;
    CHECK_THROWS_WITH_AS(detail::Overlap(leaves, known, sorted).check_parameters(),
                         doctest::Contains("a shares memory with itself"), Refused);
  }
  for (const std::size_t apart : {3, 5}) {
    stride = apart;
    CHECK_NOTHROW(detail::Overlap(leaves, known, sorted).check_parameters());
  }
}

TEST_CASE("a gradient may lie between the elements of a strided view, but may overlap none") {
  const auto known = named(2);
  std::vector<detail::Leaf::Piece> sorted;
  std::vector<detail::Leaf> leaves{stepped(4, 4), parameter(12, 4)};
  detail::Overlap overlap(leaves, known, sorted);
  overlap.check_parameters();
  const auto given = [&](std::size_t first, std::size_t size) {
    detail::Leaf leaf = with_gradient(leaves[0], first);
    leaf.gradient_bytes = size * sizeof(double);
    return leaf;
  };
  CHECK_NOTHROW(overlap.check_gradient(0, given(0, 4)));
  CHECK_NOTHROW(overlap.check_gradient(0, given(7, 1)));
  for (const std::size_t first : {1u, 4u, 5u, 10u})
    CHECK_THROWS_WITH_AS(overlap.check_gradient(0, given(first, 4)),
                         doctest::Contains("the gradient of a overlaps the memory of a"), Refused);
  CHECK_THROWS_WITH_AS(overlap.check_gradient(0, given(11, 4)),
                       doctest::Contains("the gradient of a overlaps the memory of b"), Refused);
}

TEST_SUITE_END();
