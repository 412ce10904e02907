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

TEST_CASE("suggests the nearest word where it is like the asked one, and all words otherwise") {
  const std::vector<std::string_view> policies{"Clip", "CorrectedAdaptive", "Momentum"};
  CHECK(gradus::suggestion("Clp", policies) == "did you mean Clip?");
  CHECK(gradus::suggestion("Adaptive", policies) == "did you mean CorrectedAdaptive?");
  CHECK(gradus::suggestion("Adam", policies) == "there is Clip, CorrectedAdaptive, Momentum");
}

TEST_CASE("words are alike where at most half of the longer one differs") {
  const std::vector<std::string_view> policies{"Decay", "Momentum"};
  CHECK(gradus::suggestion("Dcy", policies) == "did you mean Decay?");
  CHECK(gradus::suggestion("Day", policies) == "did you mean Decay?");
  CHECK(gradus::suggestion("Dy", policies) == "there is Decay, Momentum");
}

TEST_SUITE_END();
