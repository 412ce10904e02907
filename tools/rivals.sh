#!/bin/sh
# SPDX-License-Identifier: MIT
# rivals.sh [--max-n N] [--rounds N]: a step of gradus beside those of other libraries, of C++ and of Python, as a table,
# as JSON and as a picture, in build/rivals. Python's take gigabytes, and are left out if pip cannot get them.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

need g++ meson ninja-build pkg-config libboost-dev libxsimd-dev libxtensor-dev libcli11-dev nlohmann-json3-dev \
  libeigen3-dev libarmadillo-dev libtorch-dev gnuplot-nox python3-venv
if apt-cache show libensmallen-dev >/dev/null 2>&1; then need libensmallen-dev; fi  # Debian 12 has none
configure -Dbench=enabled
echo "building bench/libraries"
quietly ninja -C "$root/build" bench/libraries bench/libgradus_libraries.so

place=$root/build/rivals
mkdir -p "$place"
if [ ! -e "$place/installed" ]; then
  echo "installing PyTorch, JAX and optax in build/rivals"
  python3 -m venv "$place/python"
  if quietly "$place/python/bin/pip" install -r "$root/bench/libraries/requirements.txt"; then touch "$place/installed"; fi
fi
out=$place/rivals-$(date +%F)
"$root/build/bench/libraries" --json "$out.json" "$@"
"$place/python/bin/python" "$root/bench/libraries/compare.py" "$out.json" "$root/build/bench/libgradus_libraries.so" \
  "$out" "$@"
gnuplot -c "$root/bench/libraries/rivals.gp" "$out"
echo "written: $out.md, .json, .svg and .png"
