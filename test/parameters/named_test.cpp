// SPDX-License-Identifier: MIT
#include <gradus/parameters/named.hpp>

#include <doctest/doctest.h>

#include <string_view>

using gradus::Named;

static_assert(Named{"*"}("") && Named{"*.bias"}("layer[2].bias") && !Named{"*.bias"}("layer[2].bias.x"));

TEST_SUITE_BEGIN("named");

TEST_CASE("characters match themselves, brackets too") {
  CHECK(Named{"layer[2].weight"}("layer[2].weight"));
  CHECK_FALSE(Named{"layer[2].weight"}("layer2.weight"));
  CHECK_FALSE(Named{"layer"}("layers"));
  CHECK_FALSE(Named{"layers"}("layer"));
  CHECK(Named{""}(""));
  CHECK_FALSE(Named{""}("a"));
}

TEST_CASE("a star matches any characters, a question mark exactly one") {
  CHECK(Named{"encoder.*"}("encoder.layer[0].weight"));
  CHECK(Named{"*layer[?].*"}("encoder.layer[0].weight"));
  CHECK_FALSE(Named{"*layer[?].*"}("encoder.layer[10].weight"));
  CHECK(Named{"a*b*c"}("aXbbYbc"));
  CHECK_FALSE(Named{"a*b*c"}("aXbbYb"));
  CHECK(Named{"**"}("anything"));
  CHECK_FALSE(Named{"?"}(""));
  CHECK(Named{"*ab"}("aaab"));
}

TEST_CASE("a pattern ends with its text, whatever stands behind that in memory") {
  CHECK_FALSE(Named{std::string_view("ab*", 2)}("abc"));
  CHECK_FALSE(Named{std::string_view("abc", 2)}("abc"));
  CHECK_FALSE(Named{std::string_view("ab?", 2)}("abc"));
}

TEST_CASE("a star in a name is a character like others") {
  CHECK(Named{"*b"}("*ab"));
  CHECK(Named{"?b"}("*b"));
  CHECK_FALSE(Named{"a"}("*"));
}

TEST_SUITE_END();
