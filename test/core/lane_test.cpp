// SPDX-License-Identifier: MIT
#include <gradus/core/lane.hpp>

#include "support/targets.hpp"
#include "support/texts.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/simd.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using gradus::Lane;
using gradus::backend::Serial;
using gradus::backend::Simd;

namespace {

// Compares a text on every backend with a function of plain numbers, over all pairs of edge cases.
template <class T, auto Text, class Function>
void same_everywhere(Function expected) {
  const auto in = support::edge_pairs<T>();
  const auto compare = [&](const char* backend, const std::vector<T>& got) {
    for (std::size_t i = 0; i < in.x.size(); ++i) {
      const T want = expected(in.x[i], in.y[i], in.z[i], in.w[i]);
      INFO("inputs ", in.x[i], " ", in.y[i], " ", in.z[i], " ", in.w[i], ", expected ", want);
      CHECK_MESSAGE(support::same_number(got[i], want), backend, ": ", got[i]);
    }
  };
  compare("serial", support::results<Serial, Text>(in));
  support::for_each_target([&] { compare("simd", support::results<Simd, Text>(in)); });
}

#define NUMBERS(expression) \
  [](T x, [[maybe_unused]] T y, [[maybe_unused]] T z, [[maybe_unused]] T w) -> T { return expression; }

}  // namespace

TEST_SUITE_BEGIN("lane");

TEST_CASE_TEMPLATE("arithmetic matches that of plain numbers", T, float, double) {
  same_everywhere<T, TEXT(x + y)>(NUMBERS(x + y));
  same_everywhere<T, TEXT(x - y)>(NUMBERS(x - y));
  same_everywhere<T, TEXT(x * y)>(NUMBERS(x * y));
  same_everywhere<T, TEXT(x / y)>(NUMBERS(x / y));
  same_everywhere<T, TEXT(-x)>(NUMBERS(-x));
  same_everywhere<T, TEXT(abs(x))>(NUMBERS(std::abs(x)));
  same_everywhere<T, TEXT(sqrt(x))>(NUMBERS(std::sqrt(x)));
}

TEST_CASE_TEMPLATE("plain numbers may stand on either side of an operator", T, float, double) {
  same_everywhere<T, TEXT(x + 2)>(NUMBERS(x + 2));
  same_everywhere<T, TEXT(2 + x)>(NUMBERS(2 + x));
  same_everywhere<T, TEXT(x - 2)>(NUMBERS(x - 2));
  same_everywhere<T, TEXT(2 - x)>(NUMBERS(2 - x));
  same_everywhere<T, TEXT((x += 2, x -= y, x *= y, x /= 3, x))>(NUMBERS(((x + 2) - y) * y / 3));
  same_everywhere<T, TEXT((z = 0.1, x + z * y))>(NUMBERS(x + static_cast<T>(0.1) * y));
  same_everywhere<T, TEXT(min(x, 0.5) + max(0.25, y))>(
      NUMBERS((T(0.5) < x ? T(0.5) : x) + (T(0.25) < y ? y : T(0.25))));
  same_everywhere<T, TEXT(clamp(x, -1.0, 1.0))>(NUMBERS(x > 1 ? T(1) : x < -1 ? T(-1) : x));
  same_everywhere<T, TEXT(x * 0.1)>(NUMBERS(x * static_cast<T>(0.1)));
  same_everywhere<T, TEXT(3 * x)>(NUMBERS(3 * x));
  same_everywhere<T, TEXT(x / 3)>(NUMBERS(x / 3));
  same_everywhere<T, TEXT(3 / x)>(NUMBERS(3 / x));
}

TEST_CASE_TEMPLATE("scalars are put together before they meet an element", T, float, double) {
  same_everywhere<T, TEXT(scaled(x, y))>(NUMBERS(x * y));
  same_everywhere<T, TEXT(scaled(scaled(x, y), w))>(NUMBERS(x * (y * w)));
  same_everywhere<T, TEXT(scaled(scaled(x, y) / z, w))>(NUMBERS(x * (y * w) / z));
  same_everywhere<T, TEXT(scaled(x / z, w))>(NUMBERS(x / z * w));
  same_everywhere<T, TEXT(scaled(abs(scaled(x, y)), w))>(NUMBERS(std::abs(x * y) * w));
}

TEST_CASE_TEMPLATE("fma rounds once, and nothing else is fused", T, float, double) {
  same_everywhere<T, TEXT(fma(x, y, z))>(NUMBERS(std::fma(x, y, z)));
  const T third = T(1) / 3, edge = std::numeric_limits<T>::epsilon();
  support::Inputs<T> in;
  for (int i = 0; i < 40; ++i) in.add(1 + edge, 1 - edge, T(-1), third);  // x y is 1 - eps^2, and 1 once rounded
  support::for_each_target([&] {
    for (const T fused : support::results<Simd, TEXT(fma(x, y, z))>(in)) CHECK(fused == -edge * edge);
  });
  for (const T fused : support::results<Serial, TEXT(fma(x, y, z))>(in)) CHECK(fused == -edge * edge);
  for (const T apart : support::results<Simd, TEXT(x * y + z)>(in)) CHECK(apart == 0);
  for (const T apart : support::results<Serial, TEXT(x * y + z)>(in)) CHECK(apart == 0);
  for (const T apart : support::results<Simd, TEXT(z + x * y)>(in)) CHECK(apart == 0);
  for (const T apart : support::results<Serial, TEXT(-(x * y) - z)>(in)) CHECK(apart == 0);
  for (const T apart : support::results<Simd, TEXT(-(x * y) - z)>(in)) CHECK(apart == 0);
}

TEST_CASE_TEMPLATE("select follows every comparison; with NaN only != holds", T, float, double) {
  same_everywhere<T, TEXT(select(x < y, z, w))>(NUMBERS(x < y ? z : w));
  same_everywhere<T, TEXT(select(x > y, z, w))>(NUMBERS(x > y ? z : w));
  same_everywhere<T, TEXT(select(x <= y, z, w))>(NUMBERS(x <= y ? z : w));
  same_everywhere<T, TEXT(select(x >= y, z, w))>(NUMBERS(x >= y ? z : w));
  same_everywhere<T, TEXT(select(x == y, z, w))>(NUMBERS(x == y ? z : w));
  same_everywhere<T, TEXT(select(x != y, z, w))>(NUMBERS(x != y ? z : w));
  same_everywhere<T, TEXT(select(!(x < y), z, w))>(NUMBERS(!(x < y) ? z : w));
  same_everywhere<T, TEXT(select(x <= 1, z, select(x >= 2, 0.5, 0.25)))>(NUMBERS(x <= 1   ? z
                                                                                 : x >= 2 ? T(0.5)
                                                                                          : T(0.25)));
  same_everywhere<T, TEXT(select(1 < x, z, select(-1 > x, w, y)))>(NUMBERS(1 < x ? z : -1 > x ? w : y));
  same_everywhere<T, TEXT(select(1 <= x, z, select(-1 >= x, w, y)))>(NUMBERS(1 <= x ? z : -1 >= x ? w : y));
  same_everywhere<T, TEXT(select(x != 1, z, select(1 == y, w, y)))>(NUMBERS(x != 1 ? z : 1 == y ? w : y));
  same_everywhere<T, TEXT(select(x < 1, z, 0.5))>(NUMBERS(x < 1 ? z : T(0.5)));
  same_everywhere<T, TEXT(select(x > 1, 0.5, w))>(NUMBERS(x > 1 ? T(0.5) : w));
  same_everywhere<T, TEXT(select(x == 1, z, w))>(NUMBERS(x == 1 ? z : w));
}

TEST_CASE_TEMPLATE("min and max return x if either argument is NaN", T, float, double) {
  same_everywhere<T, TEXT(min(x, y))>(NUMBERS(y < x ? y : x));
  same_everywhere<T, TEXT(max(x, y))>(NUMBERS(x < y ? y : x));
}

TEST_CASE_TEMPLATE("clamp passes NaN through, and an infinite limit has no effect", T, float, double) {
  same_everywhere<T, TEXT(clamp(x, x.number(-1), x.number(1)))>(NUMBERS(x > 1 ? T(1) : x < -1 ? T(-1) : x));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  same_everywhere<T, TEXT(clamp(x, x.number(-infinity), x.number(infinity)))>(NUMBERS(x));
}

TEST_CASE_TEMPLATE("sign is -1 or 1, and zeros and NaN are their own", T, float, double) {
  same_everywhere<T, TEXT(sign(x))>(NUMBERS(x > 0 ? T(1) : x < 0 ? T(-1) : x));
}

TEST_SUITE_END();
