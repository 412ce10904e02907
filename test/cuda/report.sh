#!/bin/sh
# SPDX-License-Identifier: MIT
# report.sh SOURCE PTX LOG NVCC ARGUMENT...: compiles for sm_90, and keeps what the assembler says.
set -eu
source=$1 ptx=$2 log=$3
shift 3
"$@" -arch=sm_90 -ptx "$source" -o "$ptx"
"$@" -arch=sm_90 -Xptxas -v -cubin "$source" -o "$ptx.cubin" 2>"$log" || { cat "$log"; exit 1; }
