# SPDX-License-Identifier: MIT
# gnuplot -c mixture.gp DIR SCRIPTS: draws DIR/mixture.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "Old Faithful: two normal distributions, each at two deviations"
set xlabel "minutes that an eruption lasts"
set ylabel "minutes until the next"
set xrange [1.4:5.4]
set yrange [40:100]
unset key
# The colour of a point is the share of the second component in it.
set palette defined (0 '#4a6fa5', 1 '#c8102e')
unset colorbox
do for [format in "svg png"] {
  eval into(format, "mixture", 900, 560)
  plot "mixture.dat" index 0 using 1:2:4 with points pointtype 7 pointsize 0.5 linecolor palette, \
       "mixture.dat" index 1 with lines linewidth 2 linecolor rgb blue, \
       "mixture.dat" index 2 with lines linewidth 2 linecolor rgb red
  unset output
}
