#!/bin/sh
# SPDX-License-Identifier: MIT
# test.sh [TEST...]: builds and runs the suite, or the tests named. The last line counts doctest's cases, and every other
# test as one.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

need g++ meson ninja-build pkg-config libboost-dev libxsimd-dev libxtensor-dev libcli11-dev gnuplot-nox \
  doctest-dev nlohmann-json3-dev librandom123-dev libthrust-dev libtbb-dev libeigen3-dev libarmadillo-dev cmake clang
configure -Dexamples=enabled -Dtests=enabled -Dbench=enabled
if ! ninja -C "$root/build"; then
  echo "0 passed, 1 failed"
  exit 1
fi
failed=0
meson test -C "$root/build" --no-rebuild --print-errorlogs "$@" || failed=1
awk -f "$root/tools/count.awk" "$root/build/meson-logs/testlog.txt" || failed=1
exit $failed
