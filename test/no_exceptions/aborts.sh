#!/bin/sh
# SPDX-License-Identifier: MIT
# aborts.sh SENTENCE PROGRAM: the program must abort (128 + 6) and say the sentence.
said=$("$2" 2>&1)
status=$?
echo "$said"
[ $status = 134 ] && echo "$said" | grep -qF "$1"
