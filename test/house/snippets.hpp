// SPDX-License-Identifier: MIT
#pragma once

#include "house/tree.hpp"

#include <functional>
#include <optional>

/// Code in a document is cut from a file that the suite builds. In the document
///
///     <!-- snippet: examples/first_page/first_page.cpp#compose -->
///     ```cpp
///     ...
///     ```
///
/// and in the file the text between two lines `// [compose]` (or `# [compose]`).
namespace house {

/// The text between the two marks, with its common indentation removed; nothing unless there are exactly two.
inline std::optional<std::string> cut(const std::string& text, const std::string& name) {
  std::vector<std::string> inside;
  int marks = 0;
  for (const std::string& line : lines(text)) {
    const std::string plain = without_spaces_before(line);
    if (plain == "// [" + name + "]" || plain == "# [" + name + "]")
      ++marks;
    else if (marks == 1)
      inside.push_back(line);
  }
  if (marks != 2) return {};
  std::size_t indent = std::string::npos;
  for (const std::string& line : inside) indent = std::min(indent, line.find_first_not_of(' '));
  std::string all;
  for (const std::string& line : inside) all += (line.empty() ? line : line.substr(indent)) + "\n";
  return all;
}

/// A document with its snippets updated, and what went wrong.
struct Refreshed {
  std::string text;
  Complaints complaints;
};

/// What a line `<!-- snippet: PATH#NAME -->` refers to, "PATH#NAME"; nothing on other lines.
inline std::optional<std::string> reference(const std::string& line) {
  const std::string_view opening = "<!-- snippet: ", closing = " -->";
  if (!line.starts_with(opening) || !line.ends_with(closing)) return {};
  return line.substr(opening.size(), line.size() - opening.size() - closing.size());
}

/// Returns the text of a path.
using Source = std::function<std::string(const std::string&)>;

/// What PATH#NAME refers to; nothing if the suite does not build PATH or the name is not marked there.
inline std::optional<std::string> look_up(const std::string& reference, const Source& source) {
  const auto hash = reference.find('#');
  const std::string path = reference.substr(0, hash);
  const bool built = path.starts_with("examples/") || path.starts_with("test/") || path.starts_with("include/");
  if (!built || hash == std::string::npos) return {};
  return cut(source(path), reference.substr(hash + 1));
}

inline Refreshed refresh(const File& document, const Source& source) {
  Refreshed now;
  std::optional<std::string> code;  // of the next block, or of the current one
  bool inside = false;
  for (const std::string& line : lines(document.text)) {
    const bool fence = line.starts_with("```");
    if (const auto wanted = inside ? std::nullopt : reference(line)) {
      code = look_up(*wanted, source);
      if (!code) now.complaints.push_back(document.path + ": no snippet " + *wanted);
    }
    if (!inside && line == "```cpp" && !code) now.complaints.push_back(document.path + ": a block that is no snippet");
    if (fence || !inside || !code) now.text += line + "\n";
    if (!fence) continue;
    if (!inside) now.text += code.value_or("");
    if (inside) code.reset();
    inside = !inside;
  }
  return now;
}

}  // namespace house
