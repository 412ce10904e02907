# SPDX-License-Identifier: MIT
# gnuplot -c bandit.gp DIR SCRIPTS: draws DIR/bandit.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "Ten bandits of ten arms: how a policy finds the best one"
set xlabel "arms pulled"
set ylabel "chance that the best arm is next"
set logscale x
set xrange [100:100000]
set yrange [0:1.02]
set format x "10^%T"
unset key
do for [format in "svg png"] {
  eval into(format, "bandit", 900, 480)
  plot for [i = 0:9] "bandit.dat" index i with lines linewidth 1.2 linecolor rgb blue
  unset output
}
