#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh [OPTION...]: the time of a step beside its rivals, at -O3 -march=native; with --recipes that of every recipe.
# bench.sh plain [OPTION...]: the same for gradus at -O2 and nothing else, beside the same rivals.
# bench.sh threads [OPTION...]: the same on all threads by oneTBB, beside one thread and bare memory traffic on all.
# bench.sh tensors [OPTION...]: the time of a step over every type of tensor.
# bench.sh torch [OPTION...]: the same over libtorch's tensors, beside its own optimizers. --help names the options.
# bench.sh rivals [OPTION...]: gradus at -O2 beside other libraries, PyTorch and optax, as a table and a picture.
# bench.sh compile: what the headers and up to 64 compositions take to compile, beside the headers of other libraries.
# bench.sh seed: the ten benchmarks of gradient-ascent, against their tops or beside libtorch.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

if [ "${1:-}" = rivals ]; then
  shift
  exec "$root/tools/rivals.sh" "$@"
fi
if [ "${1:-}" = compile ]; then
  shift
  need g++ clang python3 libboost-dev libxsimd-dev libxtensor-dev libeigen3-dev libarmadillo-dev
  exec python3 "$root/bench/compile.py" "$root" "$@"
fi
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
