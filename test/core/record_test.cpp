// SPDX-License-Identifier: MIT
#include <gradus/core/record.hpp>

#include <doctest/doctest.h>

using namespace gradus;

TEST_CASE("a new record has no estimate of the square and no emitted terms") {
  detail::Graph graph;
  const Lane lane{&graph, graph.put({detail::Op::stream, 0})};
  const Record record{lane, lane, lane};
  CHECK(record.square.graph == nullptr);
  for (const Term& term : record.emitted) CHECK(term.a.id == -1);
}

TEST_CASE("a slot starts at 0 unless it says otherwise") {
  constexpr Slot slot{"velocity"};
  CHECK(slot.first == 0);
  CHECK_FALSE(slot.from_parameter);
}
