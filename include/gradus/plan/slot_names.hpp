// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/record.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace gradus::detail {

/// Unique names for a composition's slots, so that a saved state is unambiguous: if policies share a name, the second's
/// is "name 2". "clock" is a leaf's own.
template <std::size_t N>
class SlotNames {
 public:
  constexpr explicit SlotNames(const std::array<Slot, N>& slots) {
    for (std::size_t s = 0; s < N; ++s) {
      std::size_t number = slots[s].name == "clock" ? 2 : 1;
      do write(s, slots[s].name, number++);
      while (is_taken(s));
    }
  }

  constexpr std::string_view operator[](std::size_t s) const { return {text_[s].data(), size_[s]}; }

 private:
  constexpr void write(std::size_t s, std::string_view name, std::size_t number) {
    size_[s] = 0;
    for (const char c : name) put(s, c);
    if (number == 1) return;
    put(s, ' ');
    if (number > 9) put(s, static_cast<char>('0' + number / 10));
    put(s, static_cast<char>('0' + number % 10));
  }
  constexpr bool is_taken(std::size_t s) const {
    for (std::size_t before = 0; before < s; ++before)
      if ((*this)[before] == (*this)[s]) return true;
    return false;
  }
  constexpr void put(std::size_t s, char c) { text_[s][size_[s]++] = c; }

  std::array<std::array<char, 64>, N> text_{};
  std::array<std::size_t, N> size_{};
};

}  // namespace gradus::detail
