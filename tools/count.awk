# SPDX-License-Identifier: MIT
# Adds up Meson's testlog.txt: the cases that doctest reports, one for every other test. A test that ended badly without
# a failed case has at least that one failure, and so has one that ran no case. Exit status 77 is a test skipped.

function close_test() {
  if (result == "" || result == 77) return
  if (!cases) passed_here = result == 0
  if (!failed_here && (result != 0 || !passed_here)) failed_here = 1
  passed += passed_here
  failed += failed_here
}

/^test: / { close_test(); result = ""; cases = passed_here = failed_here = 0 }
/^result: / { result = /exit status/ ? $NF : 1 }
/^\[doctest\] test cases:/ {
  cases = 1
  split($0, column, "|")
  passed_here = column[2] + 0
  failed_here = column[3] + 0
}

END {
  close_test()
  printf "%d passed, %d failed\n", passed, failed
  exit failed > 0 || passed == 0
}
