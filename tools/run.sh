#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [TEXT_FILE] [OPTION...]: learns the vowels of a text by gradient ascent. --help names the options.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

need g++ meson ninja-build pkg-config libboost-dev libxsimd-dev libxtensor-dev libcli11-dev gnuplot-nox
configure -Dexamples=enabled
echo "building examples/vowels"
quietly ninja -C "$root/build" examples/vowels/vowels
exec "$root/build/examples/vowels/vowels" "$@"
