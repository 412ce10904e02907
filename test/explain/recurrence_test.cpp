// SPDX-License-Identifier: MIT
#include <gradus/explain/recurrence.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace gradus;

namespace {

template <class... P>
std::vector<detail::Action> actions() {
  return detail::recurrence<detail::Composition<gradus::detail::Pack<P...>>>();
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_SUITE_BEGIN("recurrence");

TEST_CASE("actions are the start of the update, one per policy, and apply") {
  const auto all = actions<Momentum, LearningRate, Warmup>();
  REQUIRE(all.size() == 5);
  CHECK(all[0].assignments == Lines{"u <- g"});
  CHECK(all[1].policy == "Momentum");
  CHECK(all[1].assignments == Lines{"velocity <- factor velocity + (1 - dampening) u", "u <- velocity"});
  CHECK(all[2].remark.empty());
  CHECK(all[3].remark == ", in the same factor");
  CHECK(all[4].assignments == Lines{"p <- p + u"});
}

TEST_CASE("a policy behind apply is listed there, and its own place is left empty") {
  const auto all = actions<Box, LearningRate>();
  REQUIRE(all.size() == 5);
  CHECK(all[1].assignments.empty());
  CHECK(all[3].policy == "apply");
  CHECK(all[4].policy == "Box");
  CHECK(all[4].assignments == Lines{"p <- max(min(p, high), low)"});
}

TEST_CASE("a policy that assigns nothing leaves a remark") {
  const auto all = actions<RefuseNonFinite, Log<>>();
  CHECK(all[1].assignments.empty());
  CHECK(all[1].remark == "looks whether the incoming gradient is finite");
  CHECK(all[2].remark == "looks at some steps");
}

TEST_SUITE_END();
