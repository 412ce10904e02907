// SPDX-License-Identifier: MIT
#include <gradus/backend/processor.hpp>

#include "support/refusals.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace gradus::backend;

TEST_SUITE_BEGIN("processor");

TEST_CASE("the widest available target is chosen, and AVX-512 implies AVX2") {
  CHECK(has(Target::flags));
  CHECK(has(widest()));
  if (has(Target::avx512)) CHECK(has(Target::avx2));
  if (std::getenv("GRADUS_TARGET") == nullptr) CHECK(target() == widest());
}

TEST_CASE("the environment can name a target; an empty or unset name means the widest") {
  for (const Target target : {Target::flags, Target::avx2, Target::avx512}) {
    if (!has(target)) continue;
    CHECK(target_named(std::string(name_of(target)).c_str()) == target);
  }
  CHECK(target_named(nullptr) == widest());
  CHECK_FALSE(target_named("sse9"));
  CHECK(target_named("") == widest());
}

TEST_CASE("selecting an unavailable target is refused and leaves the current one") {
  const Target before = target();
  constexpr auto nowhere = static_cast<Target>(9);
  CHECK_FALSE(has(nowhere));
  CHECK_THROWS_WITH_AS(take(nowhere), doctest::Contains("take a target of which has(target) is true"), gradus::Refused);
  CHECK(target() == before);
}

TEST_SUITE_END();
