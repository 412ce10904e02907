// SPDX-License-Identifier: MIT

#include "oracle/trajectory.hpp"  // first, to prove that the header is self-contained

#include <doctest/doctest.h>

#include <limits>

namespace {

using namespace oracle;

/// Two steps of gradient ascent with momentum 0.5 and rate 0.25, as a record.
Json record_of_two_steps() {
  return Json::parse(R"({
    "steps": 2, "tolerance": 1e-12, "state_tolerance": 1e-12,
    "tensors": [{"shape": [1], "values": [1]}, {"shape": [1], "values": [0]}],
    "hyperparameters": {"warmup_steps": 0}, "lr": [0.25, 0.25],
    "gradients": [[[1], null], [[1], [4e-320]]],
    "parameters": [[[1.25], [0]], [[1.625], [1e-320]]],
    "state": {"step_count": 2, "lr": 0.25, "tensors": [{"v": [1.5]}, {"v": [4e-320]}]}
  })");
}

Deviation replay(const Json& record) {
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.25}};
  const auto chain = climb(optimizer, initial_values(record));
  return Trajectory(record).replay(*chain);
}

}  // namespace

TEST_CASE("a record that the library reproduces has no deviation, even with subnormal numbers") {
  const Deviation deviation = replay(record_of_two_steps());
  CHECK(deviation.worst() == 0);
  CHECK(deviation.compared() == 10);  // 4 parameters, 3 rates, 2 velocities, the number of steps
}

TEST_CASE("every number of a record is compared") {
  const auto worst_with = [](const char* pointer, double value) {
    Json record = record_of_two_steps();
    record[Json::json_pointer(pointer)] = value;
    return replay(record);
  };
  CHECK(worst_with("/parameters/0/0/0", 1.26).where() == "step 1, tensor 0, element 0");
  CHECK(worst_with("/parameters/1/1/0", 9e-321).worst() > 1);
  CHECK(worst_with("/lr/1", 0.5).where() == "the rate of step 2");
  CHECK(worst_with("/state/lr", 0.5).where() == "the rate after all");
  CHECK(worst_with("/state/step_count", 3).where() == "the number of steps");
  CHECK(worst_with("/state/tensors/1/v/0", 0).where() == "v of tensor 1, element 0");
}

TEST_CASE("averages of the parameters are compared from the row on that has some") {
  Json record = record_of_two_steps();
  record.erase("state");
  record["averages"] = Json::parse("[null, [[1.625], [1e-320]]]");  // a mean of one
  const auto with_average = [&] {
    const gradus::Optimizer optimizer{gradus::Momentum{0.5}, gradus::LearningRate{0.25}, gradus::TailAverage{0}};
    return Trajectory(record).replay(*climb(optimizer, initial_values(record)));
  };
  CHECK(with_average().worst() == 0);
  CHECK(with_average().compared() == 8);  // 4 parameters, 2 rates, 2 averages
  record["averages"][1][0][0] = 1.626;
  CHECK(with_average().where() == "step 2, the average of tensor 0, element 0");
  CHECK_THROWS(replay(record));  // the composition keeps no averages
}

TEST_CASE("a record that cannot be compared completely is a failure") {
  Json state = record_of_two_steps();
  state["state"]["tensors"][0]["unheard_of"] = {0};
  CHECK_THROWS_WITH(replay(state), "no slot for the recorded unheard_of");
  Json longer = record_of_two_steps();
  longer["parameters"].push_back(longer["parameters"][1]);
  CHECK_THROWS(replay(longer));
}

TEST_CASE("a deviation is relative to what is allowed, and a NaN deviates infinitely") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Deviation deviation;
  deviation.compare(1.5, 1, 1, "half");
  CHECK(deviation.worst() == 0.5);
  deviation.compare(3, 1, 1, "twice");
  CHECK(deviation.worst() == 2);
  deviation.compare(std::numeric_limits<double>::quiet_NaN(), 1, 1, "NaN");
  CHECK(deviation.worst() == infinity);
  CHECK(deviation.where() == "NaN");
}
