#!/bin/sh
# SPDX-License-Identifier: MIT
# first_page.sh ROOT: the first program in README, as it stands there, with -Iinclude alone, prints what README says.
set -eu
root=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# The first block of a language in README.
block() { awk -v begin="\`\`\`$1" '$0 == begin { inside = 1; next } $0 == "```" && inside { exit } inside' "$root/README.md"; }

block cpp >"$place/first_page.cpp"
block text >"$place/said"
g++ -std=c++20 "-I$root/include" "$place/first_page.cpp" -o "$place/first_page"
"$place/first_page" | diff "$place/said" -
