# SPDX-License-Identifier: MIT
# gnuplot -c games.gp DIR SCRIPTS: draws DIR/games.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "Matching pennies: three ways to play"
set xlabel "chance that the first shows heads"
set ylabel "chance that the second does"
set xrange [0:1]
set yrange [0:1]
set size ratio 1
set key outside right top
do for [format in "svg png"] {
  eval into(format, "games", 900, 640)
  plot "games.dat" index 0 with lines linewidth 1.5 linecolor rgb quiet title "plain", \
       "games.dat" index 1 with lines linewidth 2 linecolor rgb blue title "optimistic", \
       "games.dat" index 2 with lines linewidth 2 linecolor rgb red title "extragradient"
  unset output
}
