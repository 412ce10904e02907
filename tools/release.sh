#!/bin/sh
# SPDX-License-Identifier: MIT
# release.sh [ROW...]: runs the suite as tools/test.sh does not (the table below) and writes docs/release.md. All rows
# take hours; rows named are run alone, and what other rows said of the same sources is kept.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

# row | compiler, or Debian's name | Meson's options | flags
rows() {
  cat <<'END'
gcc-O0       | g++        | optimization=0               |
gcc-O3       | g++        | optimization=3               |
gcc-native   | g++        | optimization=3               | -march=native
gcc-sse4     | g++        |                              | -msse4.2
gcc-avx2     | g++        |                              | -mavx2 -mfma
gcc-avx512   | g++        |                              | -mavx2 -mfma -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl
clang14      | clang++-14 |                              |
clang19      | clang++-19 |                              |
clang19-O0   | clang++-19 | optimization=0               |
clang19-O3   | clang++-19 | optimization=3               | -march=native
asan-ubsan   | g++        | b_sanitize=address,undefined | -fno-sanitize-recover=all
tsan         | g++        | b_sanitize=thread            |
debian12     | bookworm   |                              |
debian13     | trixie     |                              |
END
}

# The first of these flags that this machine's processor cannot run.
beyond_cpu() {
  for flag in "$@"; do
    case $flag in
      -march=*) ;;
      -m*) grep -qw "$(echo "${flag#-m}" | tr . _)" /proc/cpuinfo || { echo "$flag"; return; } ;;
    esac
  done
}

# suite FOLDER COMPILER OPTION FLAGS: the suite, built so.
suite() {
  rm -rf "$1"
  if ! CXX=$2 CXXFLAGS=$4 meson setup "$1" "$root" \
    -Dtests=enabled -Dexamples=enabled -Drefusal_compilers="$2" ${3:+"-D$3"} || ! ninja -C "$1"; then
    echo "does not build"
    return
  fi
  meson test -C "$1" --no-rebuild --print-errorlogs --timeout-multiplier 10 || true
  awk -f "$root/tools/count.awk" "$1/meson-logs/testlog.txt"
}

# A row's last line is its result.
run_row() {
  # shellcheck disable=SC2086  # a list of words
  lacking=$(beyond_cpu $4)
  case $2 in
    bookworm | trixie) "$root/tools/bare.sh" "$2" ./tools/test.sh ;;
    *)
      if ! command -v "$2" >/dev/null; then
        echo "not run: no $2 here"
      elif [ -n "$lacking" ]; then
        echo "not run: this processor has no ${lacking#-m}"
      else
        suite "$place/$1" "$2" "$3" "$4"
      fi
      ;;
  esac
}

write_page() {
  echo "# The last release run"
  echo
  echo "What \`tools/release.sh\` said of commit $commit on $(date -u +%F), on a machine with $(nproc) processors."
  echo
  echo "| row | compiler or system | options | flags | result | minutes |"
  echo "|---|---|---|---|---|---|"
  rows | while IFS='|' read -r name _; do
    name=$(echo "$name" | tr -d ' ')
    if [ -e "$place/$name.md" ]; then cat "$place/$name.md"; else echo "| $name | | | | not run on this commit | |"; fi
  done
}

commit=$(git -C "$root" rev-parse --short HEAD)
git -C "$root" diff --quiet HEAD -- . ':!docs/release.md' || commit=$commit-changed
sources=$(git -C "$root" ls-tree HEAD | grep -v 'docs$\|[.]md$' | git hash-object --stdin | cut -c1-10)
place=${TMPDIR:-/var/tmp}/gradus-release/$sources${commit#"${commit%-changed}"}
mkdir -p "$place"

rows | sed 's/ *| */|/g' | while IFS='|' read -r name compiler options flags; do
  [ $# = 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
  start=$(date +%s)
  run_row "$name" "$compiler" "$options" "$flags" >"$place/$name.log" 2>&1 </dev/null || true
  minutes=$((($(date +%s) - start + 30) / 60))
  result=$(tail -n 1 "$place/$name.log")
  echo "| $name | $compiler | $options | $flags | $result | $minutes |" >"$place/$name.md"
  cat "$place/$name.md"
done
write_page >"$root/docs/release.md"
