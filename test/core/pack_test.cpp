// SPDX-License-Identifier: MIT
#include <gradus/core/pack.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <memory>
#include <type_traits>

using gradus::detail::as_pack;
using gradus::detail::concat;
using gradus::detail::Pack;
using gradus::detail::type_at;
using gradus::detail::with_last;

namespace {

struct Nothing {};

constexpr Pack three{1, 2.5, 'c'};
static_assert(three.get<0>() == 1 && three.get<1>() == 2.5 && three.get<2>() == 'c');
static_assert(three.size == 3 && Pack<>::size == 0);
static_assert(three.apply([](int i, double d, char c) { return i + d + (c - 'a'); }) == 5.5);
static_assert(Pack<>{}.apply([] { return 7; }) == 7);

static_assert(std::is_same_v<decltype(Pack{1, 2.5}), Pack<int, double>>);
static_assert(std::is_same_v<type_at<1, Pack<int, const double*>>, const double*>);
static_assert(Pack<int, double>{}.get<0>() == 0, "values without one are zero");
static_assert(std::is_same_v<decltype(as_pack(1)), Pack<int>> &&
              std::is_same_v<decltype(as_pack(three)), Pack<int, double, char>>);
static_assert(sizeof(Pack<Nothing, double>) == sizeof(double), "what is empty takes no room");

constexpr auto four = concat(Pack{1}, Pack<>{}, Pack{2L, 3.0f}, Pack{4});
static_assert(std::is_same_v<decltype(four), const Pack<int, long, float, int>>);
static_assert(four.apply([](int a, long b, float c, int d) { return a == 1 && b == 2 && c == 3 && d == 4; }));

}  // namespace

TEST_CASE("pack: two values of the same type are separate and writable") {
  Pack two{1, 1};
  two.get<1>() = 5;
  CHECK(two.get<0>() == 1);
  CHECK(two.get<1>() == 5);
  const Pack copy = two;
  two = Pack{3, 4};
  CHECK(copy.get<1>() == 5);
  CHECK(two.get<0>() == 3);
}

TEST_CASE("pack: holds move-only values") {
  Pack holds{std::make_unique<int>(6), 2};
  CHECK(*holds.get<0>() == 6);
}
