// SPDX-License-Identifier: MIT
#include "house/tree.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <string>
#include <vector>

namespace {

/// The sentences of a header's static assertions, each a text of one or more literals.
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

/// What the sources that must not compile expect to read.
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

TEST_CASE("a sentence may have several literals, and stand behind a condition that has some") {
  CHECK(sentences("static_assert(x, \"gradus: one \"\n  \"two\");") == std::vector<std::string>{"gradus: one two"});
  CHECK(sentences("static_assert(f(\"a;\") && g(), \"gradus: b\");").empty());  // a condition with literals of its own
  CHECK(sentences("static_assert(sizeof(T) == 4);\nstatic_assert(false, \"other\");").empty());
}

TEST_CASE("every sentence of a static assertion has a source that must not compile, and these expect no other") {
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
