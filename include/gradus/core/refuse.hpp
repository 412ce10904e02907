// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gradus {

/// What gradus throws when it refuses an argument: the sentence names the argument, its value and the remedy, and
/// nothing has changed when it is thrown.
class Refused : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Refuses with `sentence`: throws `Refused`, or, in a build without exceptions, prints the sentence and aborts.
[[noreturn]] inline void refuse(const std::string& sentence) {
#if defined(__cpp_exceptions)
  throw Refused("gradus: " + sentence);
#else
  std::fprintf(stderr, "gradus: %s\n", sentence.c_str());
  std::abort();
#endif
}

/// The shortest decimal that reads back to the same number.
template <class Number>
std::string text(Number number) {
  char buffer[48];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return std::string(buffer, end);
}

}  // namespace gradus
