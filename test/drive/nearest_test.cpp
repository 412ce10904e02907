// SPDX-License-Identifier: MIT
#include <gradus/drive/nearest.hpp>

#include <doctest/doctest.h>

#include <vector>

using gradus::edits;

TEST_SUITE_BEGIN("nearest");

TEST_CASE("edits counts insertions, removals and replacements") {
  CHECK(edits("", "") == 0);
  CHECK(edits("", "abc") == 3);
  CHECK(edits("abc", "") == 3);
  CHECK(edits("kitten", "sitting") == 3);
  CHECK(edits("saturday", "sunday") == 3);
  CHECK(edits("factor", "facter") == 1);
}

TEST_CASE("finds the nearest word, the first among equals") {
  const std::vector<std::string_view> words{"factor", "dampening", "vactor"};
  CHECK(gradus::nearest("facter", words) == "factor");
  CHECK(gradus::nearest("damping", words) == "dampening");
  CHECK(gradus::nearest("actor", words) == "factor");
  const std::vector<std::string_view> policies{"Clip", "CorrectedAdaptive"};
  CHECK(gradus::nearest("Adaptive", policies) == "CorrectedAdaptive");
}

TEST_SUITE_END();
