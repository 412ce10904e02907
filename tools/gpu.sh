#!/bin/sh
# SPDX-License-Identifier: MIT
# gpu.sh [build|run]: builds what needs a GPU into build/gpu, then runs it: the suite, the same under compute-sanitizer,
# the example, the benchmark beside PyTorch, whose results go to bench/results/gpu-NAME-DATE.md and .json. `build` and
# `run` do one half, where one machine has the compiler and another the GPU. GPU_ARCH names the architecture (default:
# the GPU's, or sm_90).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/build/gpu
what=${1:-all}
PATH=$PATH:/usr/local/cuda/bin

need() {
  command -v "$1" >/dev/null || { echo "gpu.sh: $1 is missing: $2" >&2; exit 1; }
}

build() {
  need nvcc "install the CUDA toolkit, 12.4 or later"
  arch=${GPU_ARCH:-sm_$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -n 1 | tr -d .)}
  [ "$arch" = sm_ ] && arch=sm_90
  flags="-std=c++20 -O2 -arch=$arch -I$root/include"
  mkdir -p "$out"
  # shellcheck disable=SC2086  # a list of words
  {
    nvcc $flags -I"$root/test" -x cu "$root/test/backend/thrust_test.cpp" "$root/test/tensor/thrust_test.cpp" \
      "$root/test/main.cpp" -o "$out/gpu_test" &
    first=$!
    nvcc $flags -Xcompiler -fPIC -shared "$root/bench/gpu/steps.cu" -o "$out/libgradus_gpu.so" &
    second=$!
    nvcc $flags "$root/examples/gpu_mixture.cu" -o "$out/gpu_mixture" &
    wait $! && wait $second && wait $first
  }
}

run() {
  need nvidia-smi "this machine has no NVIDIA GPU"
  need python3 "the benchmark compares with PyTorch"
  echo "== the suite"
  "$out/gpu_test"
  if command -v compute-sanitizer >/dev/null; then
    for tool in memcheck racecheck; do
      echo "== compute-sanitizer $tool"
      compute-sanitizer --tool $tool --error-exitcode 1 "$out/gpu_test" -tce="*31 bits*,*driver*"
    done
  fi
  echo "== gpu_mixture"
  "$out/gpu_mixture"
  echo "== the benchmark"
  name=$(nvidia-smi --query-gpu=name --format=csv,noheader | head -n 1 | tr 'A-Z ' 'a-z-')
  results=${GPU_RESULTS:-$root/bench/results}/gpu-$name-$(date +%F)
  python3 "$root/bench/gpu/compare.py" "$out/libgradus_gpu.so" --json "$results.json" --markdown "$results.md" \
    ${GPU_COMPARE:-}
}

case $what in
  build) build ;;
  run) run ;;
  all) build && run ;;
  *) echo "usage: gpu.sh [build|run]" >&2; exit 2 ;;
esac
