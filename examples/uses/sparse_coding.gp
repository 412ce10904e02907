# SPDX-License-Identifier: MIT
# gnuplot -c sparse_coding.gp DIR SCRIPTS: draws DIR/sparse_coding.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

data = "sparse_coding.dat"
do for [format in "svg png"] {
  eval into(format, "sparse_coding", 900, 640)
  set multiplot layout 2,1
  set title "The code of a signal: 4 of 64 atoms"
  set xlabel "atom"
  set ylabel "its share"
  set xrange [-1:64]
  set yrange [-2:2]
  set format y "%g"
  set key bottom right
  plot data index 0 using 0:1 with impulses linewidth 2 linecolor rgb quiet notitle, \
       data index 0 using 0:($1 != 0 ? $1 : NaN) with points pt 6 ps 1.6 lc rgb ink title "planted", \
       data index 0 using 0:2 with points pt 7 ps 0.7 lc rgb red title "found"
  set title "How it was found"
  set xlabel "steps"
  set ylabel "value above the least"
  set xrange [0:75]
  set yrange [1e-12:10]
  set logscale y
  set format y "10^{%T}"
  set key bottom left
  plot data index 1 using 0:1 with lines linewidth 2 linecolor rgb quiet title "ISTA", \
       data index 1 using 0:2 with lines linewidth 2 linecolor rgb red title "momentum and soft threshold"
  unset logscale y
  unset multiplot
  unset output
}
