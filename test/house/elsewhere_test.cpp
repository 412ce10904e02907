// SPDX-License-Identifier: MIT
#include "house/tree.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <string>

namespace {

/// The words of a text.
std::set<std::string> words(const std::string& text) {
  static const std::regex word{"[A-Za-z_][A-Za-z_0-9]*"};
  std::set<std::string> all;
  for (std::sregex_iterator at{text.begin(), text.end(), word}, end; at != end; ++at) all.insert(at->str());
  return all;
}

/// The words of the code in a table's second column; code in quotes is left out.
std::set<std::string> names_here(const std::string& page) {
  static const std::regex code{"`([^`]*)`"}, quoted{"\"[^\"]*\""};
  std::set<std::string> all;
  for (const std::string& line : house::lines(page)) {
    const auto second = line.find(" | ");
    if (!line.starts_with("| ") || second == std::string::npos) continue;
    const std::string here = std::regex_replace(line.substr(second), quoted, "");
    for (std::sregex_iterator at{here.begin(), here.end(), code}, end; at != end; ++at) all.merge(words(at->str(1)));
  }
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("elsewhere");

TEST_CASE("the names of a page are those of the code in its second column") {
  CHECK(names_here("| `there` | `Policy{\"*.weight\"}`, and `b::c` |\n`no` | `row`\n") ==
        std::set<std::string>{"Policy", "b", "c"});
}

TEST_CASE("everything that the page of names lists as ours is in a header") {
  std::set<std::string> known{"k", "f", "x", "1e"};
  for (const std::string& header : house::headers()) known.merge(words(house::read(header)));
  const auto names = names_here(house::read("docs/names.md"));
  for (const std::string& name : names) CHECK_MESSAGE(known.contains(name), "no header has: " << name);
  CHECK(names.size() > 100);
}

TEST_SUITE_END();
