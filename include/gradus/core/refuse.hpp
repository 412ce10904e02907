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

/// Calls f(), and `failed()` while what it threw is the current exception. A build without exceptions only calls f().
template <class F, class Failed>
void attempt(F f, [[maybe_unused]] Failed failed) {
#if defined(__cpp_exceptions)
  try {
    f();
  } catch (...) {
    failed();
  }
#else
  f();
#endif
}

/// The shortest decimal that reads back to the same number, on the stack.
class Digits {
 public:
  template <class Number>
  explicit Digits(Number number) : end_(std::to_chars(buffer_, buffer_ + sizeof buffer_, number).ptr) {}
  Digits(const Digits&) = delete;
  Digits& operator=(const Digits&) = delete;

  std::string_view view() const { return {buffer_, end_}; }

 private:
  char buffer_[48];
  char* end_;
};

/// The same as a string.
template <class Number>
std::string text(Number number) {
  return std::string(Digits(number).view());
}

}  // namespace gradus
