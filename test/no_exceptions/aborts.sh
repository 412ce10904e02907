#!/bin/sh
# SPDX-License-Identifier: MIT
# aborts.sh SENTENCE COMPILER SOURCE [FLAG...]: what the compiler makes of the source without exceptions must abort
# (128 + 6) and say the sentence.
sentence=$1 compiler=$2 source=$3
shift 3
program=$(mktemp)
trap 'rm -f "$program"' EXIT
"$compiler" -std=c++20 -fno-exceptions "$@" "$source" -o "$program" || exit 1
said=$("$program" 2>&1)
status=$?
echo "$said"
[ $status = 134 ] && echo "$said" | grep -qF "$sentence"
