#!/bin/sh
# SPDX-License-Identifier: MIT
# std_mdspan.sh INCLUDE TEST FOLDER: test/tensor/mdspan_test.cpp over the standard library's own mdspan, by the first
# compiler here that has one. Without any the test is skipped.
set -eu
for compiler in 'clang++-20 -stdlib=libc++' 'clang++-19 -stdlib=libc++' 'clang++-18 -stdlib=libc++' \
  'clang++ -stdlib=libc++' 'g++-15' 'g++'; do
  # shellcheck disable=SC2086  # a command and its option
  echo '#include <mdspan>
    static_assert(__cpp_lib_mdspan); int main() {}' |
    $compiler -std=c++23 -x c++ - -o "$3/has_mdspan" 2>/dev/null || continue
  $compiler -std=c++23 -Wall -Wextra -Werror -I"$1" -I"$2" "$2/tensor/mdspan_test.cpp" "$2/main.cpp" -o "$3/std_mdspan"
  exec "$3/std_mdspan" --test-suite=mdspan
done
exit 77
