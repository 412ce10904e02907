// SPDX-License-Identifier: MIT
#include "house/tree.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <string>
#include <vector>

namespace {

/// The messages of a header's static assertions, each made of one or more literals.
std::vector<std::string> sentences(const std::string& text) {
  static const std::regex assertion{R"(static_assert\(((?:[^";]|"(?:[^"\\]|\\.)*")*?)\);)"};
  static const std::regex literal{R"re("((?:[^"\\]|\\.)*)")re"};
  std::vector<std::string> all;
  for (std::sregex_iterator at{text.begin(), text.end(), assertion}, end; at != end; ++at) {
    const std::string inner = at->str(1);
    std::string sentence;
    for (std::sregex_iterator part{inner.begin(), inner.end(), literal}; part != end; ++part) sentence += part->str(1);
    if (sentence.starts_with("gradus: ")) all.push_back(sentence);
  }
  return all;
}

/// The messages that the sources that must not compile expect.
std::vector<std::string> expected() {
  constexpr std::string_view mark = "// refused: ";
  std::vector<std::string> all;
  for (const std::string& path : house::paths("test/refuse", ".cpp")) {
    const std::string first = house::lines(house::read(path)).front();
    CHECK_MESSAGE(first.starts_with(mark), path);
    all.push_back(first.substr(mark.size()));
  }
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("sentences");

TEST_CASE("a message may have several literals, but a condition with literals of its own is not supported") {
  CHECK(sentences("static_assert(x, \"gradus: one \"\n  \"two\");") == std::vector<std::string>{"gradus: one two"});
  CHECK(sentences("static_assert(f(\"a;\") && g(), \"gradus: b\");").empty());  // a condition with its own literals
  CHECK(sentences("static_assert(sizeof(T) == 4);\nstatic_assert(false, \"other\");").empty());
}

TEST_CASE(
    "each static assertion's message is expected by a source that must not compile, and each expected one exists") {
  const auto all = expected();
  std::vector<bool> said(all.size());
  std::size_t count = 0;
  for (const std::string& header : house::headers())
    for (const std::string& sentence : sentences(house::read(header))) {
      bool tested = false;
      for (std::size_t i = 0; i < all.size(); ++i)
        if (sentence.find(all[i]) != std::string::npos) said[i] = tested = true;
      CHECK_MESSAGE(tested, header << ": " << sentence);
      ++count;
    }
  for (std::size_t i = 0; i < all.size(); ++i) CHECK_MESSAGE(said[i], "no header says: " << all[i]);
  MESSAGE(count << " sentences, " << all.size() << " sources");
  CHECK(count > 70);
}

TEST_SUITE_END();
