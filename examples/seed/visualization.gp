# SPDX-License-Identifier: MIT
# gnuplot -c visualization.gp DIR STYLE: draws DIR/visualization.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "The model's output on its way to the target"
set xlabel "epoch"
set ylabel "output"
set xrange [0:200]
set key right bottom
do for [format in "svg png"] {
  eval into(format, "visualization", 900, 480)
  plot "visualization.dat" using 0:2 with lines linewidth 2 linecolor rgb blue title "target", \
       "visualization.dat" using 0:1 with lines linewidth 3 linecolor rgb red title "output"
  unset output
}
