// SPDX-License-Identifier: MIT
#include <gradus/schedule/cosine.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numbers>

using namespace gradus;
using support::last_step;

TEST_SUITE_BEGIN("cosine");

TEST_CASE("half a cosine ends at its target and stays there") {
  const Cosine cosine{.from = 4, .to = 1, .steps = 6};
  CHECK(cosine(1) == 4);
  CHECK(cosine(3) == doctest::Approx(1 + 3 * (1 + std::cos(std::numbers::pi / 3)) / 2));
  CHECK(cosine(7) == 1);
  CHECK(cosine(last_step) == 1);
  CHECK(Cosine{.from = 4, .steps = 6, .power = 2}(4) == doctest::Approx(1));
  CHECK(Cosine{.from = 4, .steps = 6, .begin = 5}(6) == 4);
}

TEST_CASE("a wave repeats exactly, however long it runs") {
  const CosineWave wave{.from = 4, .to = 1, .steps = 6};
  for (std::int64_t t = 1; t <= 12; ++t) {
    CHECK(wave(t) == doctest::Approx(1 + 3 * (1 + std::cos(std::numbers::pi * static_cast<double>(t - 1) / 6)) / 2));
    CHECK(wave(t + 12 * 1'000'000'000'000) == wave(t));
  }
  CHECK(CosineWave{4, 1, last_step}(1) == 4);
}

TEST_CASE("warm restarts start over, each round longer by the growth factor") {
  const WarmRestarts same{.from = 4, .to = 1, .steps = 5};
  for (std::int64_t t = 1; t <= 5; ++t) {
    CHECK(same(t) == doctest::Approx(Cosine{4, 1, 5}(t)));
    CHECK(same(t + 35) == same(t));
  }
  const WarmRestarts longer{.from = 4, .to = 1, .steps = 5, .growth = 2};
  std::int64_t begin = 0;
  for (std::int64_t length = 5; length < 2000; length *= 2) {
    for (std::int64_t k = 0; k < length; ++k)
      CHECK(longer(begin + k + 1) == doctest::Approx(Cosine{4, 1, length}(k + 1)));
    begin += length;
  }
  CHECK(longer(last_step) >= 1);
  CHECK(longer(last_step) <= 4);
}

TEST_CASE("a wave as long as the run, and half as long") {
  for (const std::int64_t steps : {std::int64_t{3} << 60, std::int64_t{1} << 62, last_step - 1}) {
    const CosineWave wave{.from = 1, .to = 0, .steps = steps};
    CHECK(wave(steps / 2 + 1) == doctest::Approx(0.5));
    CHECK(wave(steps + 1) == doctest::Approx(0));
  }
}

TEST_CASE("a round has at least one step, and none is shorter than the one before") {
  CHECK_THROWS_WITH(static_cast<void>(Cosine{.steps = -1}(1)),
                    "gradus: Cosine.steps is -1: give a finite number of at least 0");
  CHECK_THROWS_WITH(static_cast<void>(CosineWave{.steps = 0}(1)),
                    "gradus: CosineWave.steps is 0: give a number from 1 to infinity");
  CHECK_THROWS_WITH(static_cast<void>(WarmRestarts{.steps = 0}(1)),
                    "gradus: WarmRestarts.steps is 0: give a number from 1 to infinity");
  CHECK_THROWS_WITH(static_cast<void>(WarmRestarts{.growth = 0.5}(1)),
                    "gradus: WarmRestarts.growth is 0.5: give a number from 1 to infinity");
}

TEST_CASE("rounds that grow by other factors than 2 begin and end where their lengths say") {
  for (const double growth : {1.25, 1.5, 3.0}) {
    CAPTURE(growth);
    const WarmRestarts rounds{.from = 4, .to = 1, .steps = 8, .growth = growth};
    double begin = 0, length = 8;
    for (std::int64_t t = 1; t < 3000; ++t) {
      const auto gone = static_cast<double>(t - 1);
      if (gone >= begin + length) begin += length, length *= growth;
      const double phase = (gone - begin) / length;
      if (phase < 1e-9 || phase > 1 - 1e-9) continue;  // a round may begin between two roundings
      CHECK(rounds(t) == doctest::Approx(1 + 3 * (1 + std::cos(std::numbers::pi * phase)) / 2).epsilon(1e-9));
    }
  }
}

TEST_CASE("the usual wave falls from 1 to 0") {
  CHECK(Cosine{.steps = 2}(1) == 1);
  CHECK(Cosine{.steps = 2}(3) == 0);
  CHECK(CosineWave{.steps = 2}(1) == 1);
  CHECK(CosineWave{.steps = 2}(3) == 0);
  CHECK(WarmRestarts{.steps = 2}(1) == 1);
  CHECK(WarmRestarts{.steps = 2}(2) == doctest::Approx(0.5));
}

TEST_SUITE_END();
