#!/bin/sh
# SPDX-License-Identifier: MIT
# snippets.sh: updates the code in README and docs from the files it is taken from. Needs a build/.
set -eu
build=$(cd "$(dirname "$0")/.." && pwd)/build
ninja -C "$build" --quiet test/house_test
GRADUS_WRITE=1 "$build/test/house_test" --test-suite=snippets
