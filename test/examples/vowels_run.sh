#!/bin/sh
# SPDX-License-Identifier: MIT
# vowels_run.sh PROGRAM: what its options and a text of one's own do, on a terminal and elsewhere.
set -eu
program=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

fail() {
  echo "$1"
  cat "$place"/said*
  exit 1
}
says() { grep -q "$2" "$place/$1" || fail "$1 does not say: $2"; }

for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  echo "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife."
done >"$place/text"

"$program" "$place/text" --states 3 --steps 12 --seed 2 --out "$place/first" >"$place/said" 2>&1 || fail "it failed"
says said '^.*text: [0-9]* letters'
says said 'Baum-Welch'
says said 'gradient ascent'
says said 'state 3'
says said 'step'
! grep -q '\*\*\*\*' "$place/said" || fail "a bar where no terminal is"
for picture in learning letters; do
  head -c 4 "$place/first/$picture.png" | grep -q PNG || fail "$picture.png is no picture"
  grep -q '</svg>' "$place/first/$picture.svg" || fail "$picture.svg is no picture"
done

"$program" "$place/text" --states 3 --steps 12 --seed 2 --out "$place/again" >/dev/null
"$program" "$place/text" --states 3 --steps 12 --seed 3 --out "$place/other" >/dev/null
cmp -s "$place/first/learning.svg" "$place/again/learning.svg" || fail "the same seed, another curve"
! cmp -s "$place/first/learning.svg" "$place/other/learning.svg" || fail "another seed, the same curve"

if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then # not in a chroot without /dev/pts
  script -qec "$program $place/text --steps 12 --out $place/bar" /dev/null >"$place/said_there" 2>&1 </dev/null ||
    fail "it failed on a terminal"
  says said_there '\*\*\*\*'
fi

! "$program" "$place/nowhere" --out "$place/none" >"$place/said_of_none" 2>&1 || fail "a text that is not there"
says said_of_none 'nowhere'
! "$program" "$place/text" --states 0 >"$place/said_of_none" 2>&1 || fail "no states"
says said_of_none 'states'
