// SPDX-License-Identifier: MIT
#include <gradus/core/chain.hpp>

#include "support/texts.hpp"

#include <doctest/doctest.h>

namespace {

constexpr auto sum_of_two = [](gradus::Lane x, gradus::Lane y, gradus::Lane, gradus::Lane) { return x + y; };

static_assert(gradus::detail::Chain<support::TextChain<sum_of_two>>);
static_assert(!gradus::detail::Chain<gradus::detail::Graph> && !gradus::detail::Chain<int>);

}  // namespace

TEST_CASE("stream pointers start null, and there is room for one slot more than asked for") {
  const gradus::detail::Streams<double, float, 2> at;
  CHECK(at.parameter == nullptr);
  CHECK(at.gradient == nullptr);
  CHECK(at.out == nullptr);
  CHECK(std::size(at.slot) == 3);
  for (const float* slot : at.slot) CHECK(slot == nullptr);
}
