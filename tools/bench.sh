#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh [OPTION...]: the time of a step beside its rivals, at -O3 -march=native; with --recipes that of every recipe.
# bench.sh tensors [OPTION...]: the time of a step over every type of tensor. --help names the options.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

need g++ meson ninja-build pkg-config libboost-dev libxsimd-dev libxtensor-dev libcli11-dev nlohmann-json3-dev
program=step
[ "${1:-}" != tensors ] || { program=tensors && shift && need libeigen3-dev libarmadillo-dev; }
configure -Dbench=enabled
echo "building bench/$program"
quietly ninja -C "$root/build" "bench/$program"
exec "$root/build/bench/$program" "$@"
