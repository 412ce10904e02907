# SPDX-License-Identifier: MIT
# gnuplot -c cartpole.gp DIR SCRIPTS: draws DIR/cartpole.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "A pole on a cart: how long ten policies balance it"
set xlabel "episodes played"
set ylabel "steps, mean of the last 100 episodes"
set xrange [0:600]
set yrange [0:205]
set key bottom right
do for [format in "svg png"] {
  eval into(format, "cartpole", 900, 480)
  plot 195 with lines linewidth 1.2 dashtype 2 linecolor rgb red title "solved", \
       for [i = 0:9] "cartpole.dat" index i using ($0 + 1):1 with lines linewidth 1.2 linecolor rgb blue notitle
  unset output
}
