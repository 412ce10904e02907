// SPDX-License-Identifier: MIT
#include "house/tree.hpp"

#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>

namespace {

// Folders whose tests the build combines eight to a source, differently for each set of options.
const std::set<std::string> rooms{"backend", "compose", "core",   "device", "drive",    "explain",
                                  "oracle",  "plan",    "policy", "recipe", "schedule", "step"};

/// What an unindented line defines: a type, constant or macro by its name, a function with its parameters.
std::string defined(const std::string& before, const std::string& line) {
  static const std::regex type{R"((?:struct|class|enum class|enum|union) (\w+)(?: final)?(?: [:{].*)?)"};
  static const std::regex constant{R"((?:inline |static |constexpr |const )+[^(={]*?(\w+)(?:\[\w*\])? *(?:=|\{).*)"};
  static const std::regex macro{R"(#define (\w+).*)"};
  static const std::regex function{R"([\w:][\w:<>,&* \[\]]*[ *&](\w+)(\([^;]*\))(?: const)?(?: noexcept)? \{.*)"};
  std::smatch found;
  const bool a_template = before.starts_with("template");
  if (line.starts_with("TEST_") || line.starts_with("namespace") || line.starts_with("using")) return "";
  if (std::regex_match(line, found, function)) return (a_template ? before + " " : "") + found.str(1) + found.str(2);
  if (std::regex_match(line, found, type) || std::regex_match(line, found, constant) ||
      std::regex_match(line, found, macro))
    return found.str(1);
  return "";
}

}  // namespace

TEST_SUITE_BEGIN("names");

TEST_CASE("what a line of a test defines") {
  CHECK(defined("", "struct Silent {") == "Silent");
  CHECK(defined("", "constexpr std::size_t rows = 6, columns = 11;") == "rows");
  CHECK(defined("", "const Optimizer everything{Clip{0.7}};") == "everything");
  CHECK(defined("", "#define NUMBERS(expression) 1") == "NUMBERS");
  CHECK(defined("", "double norm(const Vector& x) {") == "norm(const Vector& x)");
  CHECK(defined("template <class T>", "T twice(T x) { return 2 * x; }") == "template <class T> twice(T x)");
  CHECK(defined("", "  const int inner = 1;").empty());
  CHECK(defined("", "TEST_CASE(\"a test\") {").empty());
}

TEST_CASE("no two tests that may be combined into one source define the same name") {
  std::map<std::string, std::string> home;
  for (const std::string& path : house::paths("test", "_test.cpp")) {
    const std::string below = path.substr(5);
    if (!rooms.contains(below.substr(0, below.find('/')))) continue;
    std::string before;
    std::set<std::string> here;
    for (const std::string& line : house::lines(house::read(path))) {
      if (const std::string name = defined(before, line); !name.empty()) here.insert(name);
      before = line;
    }
    for (const std::string& name : here)
      if (const auto [first, fresh] = home.emplace(name, path); !fresh)
        FAIL_CHECK(path, " defines ", name, ", as ", first->second, " does: rename one");
  }
}

TEST_SUITE_END();
