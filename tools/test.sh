#!/bin/sh
# SPDX-License-Identifier: MIT
# test.sh [TEST...]: builds and runs the suite, or the tests named. The last line counts doctest's cases, and every other
# test as one.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

trap '[ $? = 0 ] || [ -n "${counted-}" ] || echo "0 passed, 1 failed"' EXIT
# shellcheck disable=SC2046  # a list of packages
need g++ meson ninja-build pkg-config libboost-dev libxsimd-dev libxtensor-dev libcli11-dev gnuplot-nox \
  doctest-dev nlohmann-json3-dev librandom123-dev libthrust-dev libtbb-dev libeigen3-dev libarmadillo-dev cmake clang \
  $(grep -sq trixie /etc/os-release && echo libc++-dev)  # which has a std::mdspan there
configure -Dexamples=enabled -Dtests=enabled -Dbench=enabled
ninja -C "$root/build"
failed=0
meson test -C "$root/build" --no-rebuild --print-errorlogs "$@" || failed=1
counted=yes
awk -f "$root/tools/count.awk" "$root/build/meson-logs/testlog.txt" || failed=1
exit $failed
