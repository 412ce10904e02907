// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// The project's own files, as the house tests read them.
namespace house {

/// A text file; its path counts from the project's root.
struct File {
  std::string path;
  std::string text;
};

/// Everything that is wrong, one sentence each.
using Complaints = std::vector<std::string>;

inline const std::filesystem::path root = GRADUS_ROOT;

inline std::string read(const std::string& path) {
  std::ifstream in{root / path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

inline std::vector<std::string> lines(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

/// The paths below a folder whose names have the given ending, in order.
inline std::vector<std::string> paths(const std::string& folder, std::string_view ending) {
  std::vector<std::string> all;
  if (!exists(root / folder)) return all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{root / folder}) {
    const std::string path = entry.path().lexically_relative(root).generic_string();
    if (path.ends_with(ending)) all.push_back(path);
  }
  std::ranges::sort(all);
  return all;
}

inline std::vector<std::string> headers() { return paths("include/gradus", ".hpp"); }

inline std::string without_spaces_before(const std::string& line) {
  const auto first = line.find_first_not_of(" \t");
  return first == std::string::npos ? "" : line.substr(first);
}

}  // namespace house
