// SPDX-License-Identifier: MIT
#include "house/tree.hpp"

#include <doctest/doctest.h>

namespace {

constexpr std::size_t most_lines = 250;

std::string test_of(const std::string& header) {
  const std::string_view folder = "include/gradus/";
  return "test/" + header.substr(folder.size(), header.size() - folder.size() - 4) + "_test.cpp";
}

}  // namespace

TEST_SUITE_BEGIN("headers");

TEST_CASE("every header has its test at the same path") {
  CHECK(test_of("include/gradus/policy/clip.hpp") == "test/policy/clip_test.cpp");
  for (const std::string& header : house::headers())
    if (!exists(house::root / test_of(header))) FAIL_CHECK(header, " has no ", test_of(header));
}

TEST_CASE("no header exceeds the length limit") {
  for (const std::string& header : house::headers()) {
    const std::size_t length = house::lines(house::read(header)).size();
    if (length > most_lines) FAIL_CHECK(header, " has ", length, " lines, more than ", most_lines);
  }
}

TEST_CASE("a test includes its header first") {
  for (const std::string& header : house::headers()) {
    const std::string text = house::read(test_of(header));
    const auto first = text.find("#include");
    if (first == std::string::npos) continue;  // a missing test is reported above
    if (!text.substr(first).starts_with("#include <" + header.substr(8) + ">"))
      FAIL_CHECK(test_of(header), " does not include ", header, " first");
  }
}

TEST_CASE("an item of the reference starts its line") {
  for (const std::string& header : house::headers())
    for (const std::string& line : house::lines(house::read(header)))
      for (const char* item : {"Slots  ", "Order  ", "Cost  ", "Errors  ", "Source  "})
        if (const auto at = line.find(item); line.starts_with("///") && at != std::string::npos && at != 4)
          FAIL_CHECK(header, " has an item within a line: ", line);
}

TEST_CASE("sources name their licence in the first line and are plain ASCII") {
  for (const char* folder : {"include", "test", "examples", "bench"})
    for (const char* ending : {".hpp", ".inc", ".cpp", ".cu"})
      for (const std::string& path : house::paths(folder, ending)) {
        const std::string text = house::read(path);
        const bool refusal = path.starts_with("test/refuse/");  // its first line is the expected message
        const bool licensed = text.starts_with("// SPDX-License-Identifier: MIT\n");
        if (!refusal && !licensed) FAIL_CHECK(path, " names no licence in its first line");
        if (!std::ranges::all_of(text, [](unsigned char c) { return c < 128; })) FAIL_CHECK(path, " is not ASCII");
      }
}

TEST_SUITE_END();
