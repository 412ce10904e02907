#!/bin/sh
# SPDX-License-Identifier: MIT
# check_kernels.sh PTX LOG: reads what nvcc made of kernels.cu. One load and one store of 128 bits per stream and group,
# no calls, no local memory, no spills.
set -eu
awk '
  function check(name, what, have, want) {
    if (have != want) { print name ": " have " " what ", not " want; bad = 1 }
  }
  /^\.visible \.entry|^\t*\.entry|\.entry _Z/ { match($0, /_Z[A-Za-z0-9_]*/); name = substr($0, RSTART, RLENGTH); names[name] }
  /ld\.global\.v4\.f32/ { loads[name]++ }
  /st\.global\.v4\.f32/ { stores[name]++ }
  /(ld|st)\.local/ { memory[name]++ }
  /[ \t]call[. \t]/ { calls[name]++ }
  END {
    groups = 2
    split("12LearningRateEEE6Update 8Momentum 17CorrectedMomentum 20InterpolatedMomentum 4Clip 8ClipNorm", first)
    split("2 3 4 3 4 4", reads); split("1 2 3 2 3 3", writes)
    for (name in names) {
      seen++
      check(name, "accesses of local memory", memory[name] + 0, 0)
      check(name, "calls", calls[name] + 0, 0)
      for (i = 1; i <= 6; i++)
        if (name ~ "^_Z5sweepIN6gradus6detail4PlanIJNS0_" first[i]) {
          matched++
          check(name, "loads of 128 bits", loads[name] + 0, groups * reads[i])
          check(name, "stores of 128 bits", stores[name] + 0, groups * writes[i])
        }
    }
    check("kernels.cu", "kernels", seen + 0, 7)
    check("kernels.cu", "sweeps", matched + 0, 6)
    exit bad
  }' "$1"
grep -q "bytes stack frame" "$2" || { echo "the assembler reported nothing"; exit 1; }
if grep "bytes stack frame" "$2" | grep -v " 0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads"; then
  echo "a kernel uses the stack"
  exit 1
fi
