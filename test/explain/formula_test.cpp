// SPDX-License-Identifier: MIT
#include <gradus/explain/formula.hpp>

#include <gradus/core/lane.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

struct Symbols {
  gradus::detail::Graph graph;
  gradus::Lane x{&graph, graph.put({gradus::detail::Op::stream, 0})};
  gradus::Lane y{&graph, graph.put({gradus::detail::Op::stream, 1})};
  gradus::Lane a{&graph, graph.put({gradus::detail::Op::scalar, 0})};
  gradus::Lane b{&graph, graph.put({gradus::detail::Op::scalar, 1})};

  gradus::detail::Formula formula() const { return {graph, {"x", "y"}, {"a", "1 - b"}}; }
  std::string write(gradus::Lane lane) const { return formula().text(lane.id); }
};

}  // namespace

TEST_CASE("brackets are written only where they are needed") {
  Symbols s;
  CHECK(s.write(s.a * s.x + s.b * s.y) == "a x + (1 - b) y");
  CHECK(gradus::detail::Formula(s.graph, {"x", "y"}, {"min(1, c / d)", "1 / sqrt(e)"}).text((s.a * s.b).id) ==
        "min(1, c / d) (1 / sqrt(e))");
  CHECK(s.write((s.x + s.y) * s.a) == "(x + y) a");
  CHECK(s.write(s.x - (s.y - s.a)) == "x - (y - a)");
  CHECK(s.write(s.x - s.y - s.a) == "x - y - a");
  CHECK(s.write(s.x / (s.y * s.a)) == "x / (y a)");
  CHECK(s.write(s.x / (sqrt(s.y) + s.a)) == "x / (sqrt(y) + a)");
  CHECK(s.write(cbrt(s.x) * pow(s.y, s.a)) == "cbrt(x) exp(a log(y))");
  CHECK(s.write(-(s.x + s.y)) == "-(x + y)");
  CHECK(s.write(2.0 * s.x) == "2 x");
  CHECK(s.write(clamp(s.x, -s.a, s.a)) == "max(min(x, a), -a)");
  CHECK(s.write(fma(s.x, s.y, s.a)) == "fma(x, y, a)");
  CHECK(s.write(abs(s.x)) == "abs(x)");
  CHECK(s.write(select(s.x < s.y, s.a, s.x)) == "x < y ? a : x");
}

TEST_CASE("an assigned value is written by its name from then on, and its previous value as old") {
  Symbols s;
  const gradus::Lane next = s.a * s.x + s.y;
  const gradus::Lane both = next - s.x;
  auto formula = s.formula();
  CHECK(formula.assign(0, next.id) == "x <- a x + y");
  CHECK(formula.text(both.id) == "x - old_x");
}
