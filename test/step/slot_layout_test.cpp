// SPDX-License-Identifier: MIT
#include <gradus/step/slot_layout.hpp>

#include "support/random.hpp"
#include "support/upper.hpp"

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

using gradus::Order;
using gradus::Storage;
using gradus::detail::CacheLine;
using gradus::detail::LeafSlots;

namespace {

/// A tensor that has nothing but a shape.
template <class T>
struct Shaped {
  std::array<std::size_t, 2> extents;
};

}  // namespace

template <class T>
struct gradus::tensor_traits<Shaped<T>> {
  using value_type = T;
  static std::array<std::size_t, 2> shape(const Shaped<T>& x) { return x.extents; }
  static Order order(const Shaped<T>&) { return Order::column_major; }
};

namespace {

template <class T, class Kept = Storage<>>
LeafSlots slots_of(std::size_t size, std::size_t first_line = 0) {
  return LeafSlots::of<Kept>("w", Shaped<T>{{size, 1}}, first_line);
}

std::size_t lines_for(std::size_t bytes) { return (bytes + 63) / 64; }

// The distance of x to the nearest multiple of the period.
std::size_t apart(std::size_t x, std::size_t period) { return std::min(x % period, period - x % period); }

}  // namespace

TEST_SUITE_BEGIN("slot layout");

TEST_CASE("the layout remembers the leaf's name, shape, order, size and types") {
  const auto leaf = LeafSlots::of<Storage<support::Upper>>("layer.w", Shaped<double>{{3, 5}}, 7);
  CHECK(leaf.name == "layer.w");
  CHECK(leaf.shape == std::vector<std::size_t>{3, 5});
  CHECK(leaf.order == Order::column_major);
  CHECK(leaf.size == 15);
  CHECK(leaf.element == &gradus::detail::element_type<double>);
  CHECK(leaf.stored == &gradus::detail::element_type<support::Upper>);
  CHECK(leaf.offset(0) == 7 * sizeof(CacheLine));
  CHECK(LeafSlots::of<Storage<>>("x", 2.0f, 0).shape.empty());
  CHECK(LeafSlots::of<Storage<>>("x", 2.0f, 0).stored == &gradus::detail::element_type<float>);
}

TEST_CASE("layouts are equal if shape, order, size and types are") {
  const auto leaf = slots_of<double>(9);
  CHECK(leaf == slots_of<double>(9));
  CHECK_FALSE(leaf == slots_of<double>(8));
  CHECK_FALSE(leaf == slots_of<float>(9));
  CHECK_FALSE(leaf == slots_of<double, Storage<float>>(9));
  CHECK_FALSE(leaf == LeafSlots::of<Storage<>>("v", Shaped<double>{{9, 1}}, 0));
}

TEST_CASE("slots do not overlap, and each starts on a cache line") {
  support::Random random;
  std::vector<std::pair<std::size_t, std::size_t>> taken;  // bytes
  std::size_t line = 0;
  for (int l = 0; l < 200; ++l) {
    const std::size_t size = random.below(l % 2 ? 40 : 300000);
    const auto leaf = l % 3 ? slots_of<float>(size, line) : slots_of<double, Storage<support::Upper>>(size, line);
    for (std::size_t s = 0; s < 3; ++s) taken.emplace_back(leaf.offset(s), leaf.offset(s) + size * leaf.stored->size);
    line += 3 * leaf.lines_per_slot;
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    CHECK(taken[i].first % sizeof(CacheLine) == 0);
    CHECK(taken[i].second <= (i + 1 < taken.size() ? taken[i + 1].first : line * sizeof(CacheLine)));
  }
}

TEST_CASE("small slots get no padding") {
  CHECK(slots_of<double>(0).lines_per_slot == 0);
  for (const std::size_t size : support::Sizes{1, 8, 9, 100, 440})
    CHECK(slots_of<double>(size).lines_per_slot == lines_for(size * sizeof(double)));
}

TEST_CASE("large slots are padded a little so that an element's slots lie at different offsets in a page") {
  constexpr std::size_t page = 64, quarter = page / 4, many = 64 * page;  // lines
  for (std::size_t lines = page; lines < 5 * page; ++lines) {
    const std::size_t got = slots_of<double>(lines * 8).lines_per_slot;
    CHECK(apart(got, page) >= quarter);
    CHECK(got >= lines);
    CHECK(got <= lines + 2 * quarter);
  }
  for (std::size_t lines = 16 * many; lines < 18 * many; lines += 97) {
    const std::size_t got = slots_of<double>(lines * 8).lines_per_slot;
    CHECK(apart(got, page) >= quarter);
    CHECK(apart(got, many) > page);
    CHECK(got >= lines);
    CHECK(got <= lines + lines / 16);
  }
}

TEST_SUITE_END();
