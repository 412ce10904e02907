#!/bin/sh
# SPDX-License-Identifier: MIT
# refuse.sh COMPILER FILE [FLAG...]: the file's first line is `// refused: SENTENCE`. The compiler must refuse the file
# with that sentence in its first error and at most 30 lines in all. With -DTWIN it must accept it: see meson.build.
set -u
compiler=$1 file=$2
shift 2

fail() {
  printf '%s: %s\n%s\n' "$file" "$1" "$said"
  exit 1
}

sentence=$(sed -n '1s|^// refused: ||p' "$file")
said=
[ -n "$sentence" ] || fail 'the first line is not "// refused: SENTENCE"'

said=$("$compiler" -std=c++20 -fsyntax-only "$@" "$file" 2>&1) && fail 'compiles'
printf '%s\n' "$said" | grep -m 1 'error:' | grep -qF "$sentence" || fail "the first error does not say \"$sentence\""
[ "$(printf '%s\n' "$said" | wc -l)" -le 30 ] || fail 'more than 30 lines'
