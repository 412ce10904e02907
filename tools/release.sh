#!/bin/sh
# SPDX-License-Identifier: MIT
# release.sh [ROW...]: runs the suite as tools/test.sh does not (the table below) and writes docs/release.md. All rows
# take hours, and no machine can run every one; given ROWs, runs only these and keeps the last results of the others.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

# row | compiler, or Debian's name | Meson's options | flags
rows() {
  cat <<'END'
bits         | all        | the hash of all trajectories | 24 sets
gcc-O0       | g++        | optimization=0 thrust=enabled |
gcc-native   | g++        | optimization=3 | -march=native
gcc-sse4     | g++        | optimization=1 | -msse4.2
gcc-avx2     | g++        | optimization=1 | -mavx2 -mfma
gcc-avx512   | g++        | optimization=1 | -mavx2 -mfma -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl
clang14      | clang++-14 | thrust=enabled |
neon         | aarch64-linux-gnu-g++ | cross=aarch64 optimization=0 examples=disabled tbb=disabled thrust=disabled armadillo=disabled |
asan-ubsan   | g++        | optimization=0 b_sanitize=address,undefined | -fno-sanitize-recover=all
tsan         | g++        | optimization=0 b_sanitize=thread |
debian12     | bookworm   | |
debian13     | trixie     | |
clang19      | trixie     | CXX=clang++ |
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

# suite FOLDER COMPILER OPTIONS FLAGS: builds and runs the suite; `cross=MACHINE` is tools/MACHINE.ini. What must not
# compile, and what nvcc compiles, does not depend on options and flags.
suite() {
  rm -rf "$1"
  refusing=$2
  [ -z "$3$4" ] || refusing='[]'
  # shellcheck disable=SC2046  # a list of options
  if ! CXX=$2 CXXFLAGS=$4 meson setup "$1" "$root" -Dtests=enabled -Dexamples=enabled -Dbench=disabled -Dcuda=disabled \
    -Drefusal_compilers="$refusing" $(for option in $3; do
      case $option in cross=*) echo "--cross-file=$root/tools/${option#cross=}.ini" ;; *) echo "-D$option" ;; esac
    done) || ! ninja -C "$1"; then
    echo "does not build"
    return
  fi
  meson test -C "$1" --no-rebuild --print-errorlogs --timeout-multiplier 10 || true
  awk -f "$root/tools/count.awk" "$1/meson-logs/testlog.txt"
}

# bits FOLDER: tests that all builds give the same bits, with all compilers, levels and instruction sets that run here.
bits() (
  mkdir -p "$1"
  passed=0 failed=0
  for compiler in g++ clang++-14 clang++-19; do
    command -v "$compiler" >/dev/null || continue
    for flags in -O0 -O1 -O3 '-O2 -msse4.2' '-O2 -mavx' '-O2 -mavx2 -mfma' '-O3 -march=native' '-O2 -march=native -ffp-contract=fast'; do
      # shellcheck disable=SC2086  # a list of words
      [ -z "$(beyond_cpu $flags)" ] || continue
      echo "$compiler $flags"
      # shellcheck disable=SC2086
      if (cd "$root" && "$compiler" -std=c++20 $flags -Iinclude -Itest test/compose/bits_test.cpp test/main.cpp -o "$1/bits") &&
        "$1/bits"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
  done
  echo "$passed builds passed, $failed failed"
)

# A row's last line is its result.
run_row() {
  # shellcheck disable=SC2086  # a list of words
  lacking=$(beyond_cpu $4)
  case $2 in
    all) bits "$place/$1" ;;
    bookworm | trixie)
      # shellcheck disable=SC2086  # a list of variables
      "$root/tools/bare.sh" "$2" env $3 sh -c './tools/run.sh && ./tools/test.sh'
      ;;
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

page=$root/docs/release.md
commit=$(git -C "$root" rev-parse --short HEAD)
git -C "$root" diff --quiet HEAD -- . ":(exclude)docs/release.md" || commit=$commit-changed
place=${TMPDIR:-/var/tmp}/gradus-release
mkdir -p "$place"

# The page with a row replaced.
write_page() {
  echo "# The last release run"
  echo
  echo "What each row of \`tools/release.sh\` last said, and of which commit."
  echo
  echo "| row | compiler or system | options | flags | result | minutes | commit | date |"
  echo "|---|---|---|---|---|---|---|---|"
  rows | sed 's/ *|.*//' | while read -r name; do
    if [ "$name" = "$1" ]; then echo "$2"
    else grep "^| $name |" "$page" || echo "| $name | | | | not run yet | | | |"
    fi
  done
}

rows | sed 's/ *| */|/g' | while IFS='|' read -r name compiler options flags; do
  [ $# = 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
  start=$(date +%s)
  run_row "$name" "$compiler" "$options" "$flags" >"$place/$name.log" 2>&1 </dev/null || true
  minutes=$((($(date +%s) - start + 30) / 60))
  result=$(tail -n 1 "$place/$name.log")
  write_page "$name" "| $name | $compiler | $options | $flags | $result | $minutes | $commit | $(date -u +%F) |" >"$page.new"
  mv "$page.new" "$page"
  grep "^| $name |" "$page"
done
