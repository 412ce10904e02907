// SPDX-License-Identifier: MIT
#include "house/snippets.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

namespace {

const std::string source = "int main() {\n  // [sum]\n  int x = 1;\n\n    x += 1;\n  // [sum]\n}\n";
const std::string cut_sum = "int x = 1;\n\n  x += 1;\n";

std::string document(const std::string& reference, const std::string& code) {
  return "Text.\n\n<!-- snippet: " + reference + " -->\n```cpp\n" + code + "```\nMore.\n";
}

house::Refreshed refreshed(const std::string& text) {
  return house::refresh({"README.md", text}, [](const std::string&) { return source; });
}

std::vector<std::string> documents() {
  std::vector<std::string> all = house::paths("docs", ".md");
  for (const char* path : {"README.md", "CONTRIBUTING.md"})
    if (exists(house::root / path)) all.push_back(path);
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("snippets");

TEST_CASE("a snippet is the text between its marks, without the common indentation") {
  CHECK(house::cut(source, "sum") == cut_sum);
  CHECK_FALSE(house::cut(source, "product"));
  CHECK_FALSE(house::cut("// [sum]\nint x;\n", "sum"));
}

TEST_CASE("a document's block is replaced by the cut text") {
  const std::string fresh = document("test/a.cpp#sum", cut_sum);
  CHECK(refreshed(fresh).text == fresh);
  CHECK(refreshed(fresh).complaints.empty());
  CHECK(refreshed(document("test/a.cpp#sum", "int y;\n")).text == fresh);
}

TEST_CASE("a C++ block without a built source is reported") {
  CHECK(refreshed("```cpp\nint x;\n```\n").complaints.size() == 1);
  CHECK_FALSE(refreshed(document("test/a.cpp#product", "int x;\n")).complaints.empty());
  CHECK_FALSE(refreshed(document("notes/a.cpp#sum", cut_sum)).complaints.empty());
  CHECK(refreshed("```sh\n./tools/run.sh\n```\n").complaints.empty());
}

// If GRADUS_WRITE is set, the documents are rewritten instead: tools/snippets.sh.
TEST_CASE("code in the documents is cut from built files") {
  const bool write = std::getenv("GRADUS_WRITE") != nullptr;
  for (const std::string& path : documents()) {
    const std::string text = house::read(path);
    const house::Refreshed now = house::refresh({path, text}, house::read);
    for (const std::string& complaint : now.complaints) FAIL_CHECK(complaint);
    if (write && now.text != text)
      std::ofstream{house::root / path} << now.text;
    else if (now.text != text)
      FAIL_CHECK(path, " has a stale snippet: tools/snippets.sh");
  }
}

TEST_SUITE_END();
