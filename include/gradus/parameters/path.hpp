// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

namespace gradus::detail {

/// Where a leaf stands in its set: `encoder.layer[2].weight`. Spelled out only on demand.
struct Path {
  const Path* parent = nullptr;
  std::string_view field{};
  std::size_t index = 0;

  std::string str() const {
    if (parent == nullptr) return {};
    std::string name = parent->str();
    if (field.empty()) return name + "[" + std::to_string(index) + "]";
    return (name.empty() ? name : name + ".") + std::string(field);
  }

  /// Whether the leaf's name is `name`, without spelling it.
  bool is(std::string_view name) const {
    if (parent == nullptr) return name == "parameter";
    return drop(name) && name.empty();
  }

  /// The leaf's name; a tensor that is the whole set is called `parameter`.
  std::string leaf_name() const { return parent == nullptr ? "parameter" : str(); }

 private:
  // Takes this path off the front of `name`, if it is there.
  bool drop(std::string_view& name) const {
    if (parent == nullptr) return true;
    if (!parent->drop(name)) return false;
    if (field.empty()) {
      char digits[24];
      const auto end = std::to_chars(digits, digits + sizeof digits, index).ptr;
      return take(name, "[") && take(name, {digits, static_cast<std::size_t>(end - digits)}) && take(name, "]");
    }
    return (parent->parent == nullptr || take(name, ".")) && take(name, field);
  }
  static bool take(std::string_view& name, std::string_view front) {
    if (!name.starts_with(front)) return false;
    name.remove_prefix(front.size());
    return true;
  }
};

}  // namespace gradus::detail
