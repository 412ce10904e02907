#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh [OPTION...]: the time of a step beside its rivals, at -O3 -march=native; with --recipes that of every recipe.
# bench.sh plain [OPTION...]: the same of gradus at -O2 and nothing else, beside the same rivals.
# bench.sh threads [OPTION...]: the same on all threads by oneTBB, beside one, and beside bare traffic on all.
# bench.sh tensors [OPTION...]: the time of a step over every type of tensor.
# bench.sh torch [OPTION...]: that of libtorch's tensors, beside its own optimizers. --help names the options.
# bench.sh seed: the ten benchmarks of gradient-ascent, against their tops or beside libtorch.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

need g++ meson ninja-build pkg-config libboost-dev libxsimd-dev libxtensor-dev libcli11-dev nlohmann-json3-dev
program=step
case ${1:-} in
  plain) program=step_plain && shift ;;
  threads) program=threads && shift && need libtbb-dev ;;
  tensors) program=tensors && shift && need libeigen3-dev libarmadillo-dev ;;
  torch | seed) program=$1 && shift && need libtorch-dev ;;
esac
configure -Dbench=enabled
echo "building bench/$program"
quietly ninja -C "$root/build" "bench/$program"
exec "$root/build/bench/$program" "$@"
