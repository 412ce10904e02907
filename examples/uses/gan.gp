# SPDX-License-Identifier: MIT
# gnuplot -c gan.gp DIR SCRIPTS: draws DIR/gan.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set size ratio 1
set xrange [-1.8:1.8]
set yrange [-1.8:1.8]
set xtics 1
set ytics 1
unset key
do for [format in "svg png"] {
  eval into(format, "gan", 900, 480)
  set multiplot layout 1,2
  set title "True points"
  plot "gan.dat" every ::::1499 using 1:2 with points pt 7 ps 0.25 lc rgb blue
  set title "What the net makes of noise"
  plot "gan.dat" every ::::1499 using 1:2 with points pt 7 ps 0.25 lc rgb grid, \
       "" every ::::1499 using 3:4 with points pt 7 ps 0.25 lc rgb red
  unset multiplot
  unset output
}
