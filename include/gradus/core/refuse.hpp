// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace gradus {

/// What gradus throws when it refuses an argument: the sentence names the argument, its value and the remedy, and
/// nothing has changed when it is thrown.
class Refused : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

namespace detail {

/// The shortest decimal that reads back to the same number, on the stack.
class Digits {
 public:
  Digits() : end_(buffer_) {}  // none
  template <class Number>
  explicit Digits(Number number) : end_(std::to_chars(buffer_, buffer_ + sizeof buffer_, number).ptr) {}
  Digits(const Digits&) = delete;
  Digits& operator=(const Digits&) = delete;

  std::string_view view() const { return {buffer_, end_}; }

 private:
  char buffer_[48];
  char* end_;
};

/// A piece of a sentence: words, or a number.
class Phrase {
 public:
  Phrase(const char* words) : words_(words) {}
  Phrase(std::string_view words) : words_(words) {}
  Phrase(const std::string& words) : words_(words) {}
  template <class Number>
    requires std::is_arithmetic_v<Number>
  Phrase(Number number) : digits_(number), words_(digits_.view()) {}

  std::string_view view() const { return words_; }

 private:
  Digits digits_;
  std::string_view words_;
};

/// Joins the pieces of a sentence; out of line, so that callers need no code for it.
[[gnu::noinline, gnu::cold]] inline std::string joined(std::initializer_list<Phrase> pieces) {
  std::string sentence;
  for (const Phrase& piece : pieces) sentence += piece.view();
  return sentence;
}

/// Calls f(); if it throws, calls failed() while the exception is current. A build without exceptions only calls f().
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

/// A number's `Digits` as a string.
template <class Number>
std::string text(Number number) {
  return std::string(Digits(number).view());
}

}  // namespace detail

/// Refuses with `sentence`: throws `Refused`, or, in a build without exceptions, prints the sentence and aborts.
[[noreturn]] inline void refuse(const detail::Phrase& sentence) {
#if defined(__cpp_exceptions)
  throw Refused(detail::joined({"gradus: ", sentence.view()}));
#else
  std::fprintf(stderr, "%s\n", detail::joined({"gradus: ", sentence.view()}).c_str());
  std::abort();
#endif
}

/// The same with a sentence in pieces:
///
///     refuse({"step is ", taken, ": give the number of steps taken, from 0 to 2^53"});
[[noreturn, gnu::noinline, gnu::cold]] inline void refuse(std::initializer_list<detail::Phrase> pieces) {
  refuse(detail::joined(pieces));
}

}  // namespace gradus
