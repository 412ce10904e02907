# SPDX-License-Identifier: MIT
# gnuplot -c regression.gp DIR SCRIPTS: draws DIR/regression.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "Two regressions by gradient ascent"
set xlabel "steps"
set ylabel "nats below the highest log-likelihood"
set logscale y
set format y "10^{%T}"
unset mytics
set yrange [1e-10:1e3]
set xrange [0:210]
set key right top
do for [format in "svg png"] {
  eval into(format, "regression", 900, 440)
  plot "regression.dat" index 0 using 0:1 with lines linewidth 2 linecolor rgb blue \
       title "logistic: is an iris virginica?", \
       "regression.dat" index 1 using 0:1 with lines linewidth 2 linecolor rgb red title "Poisson: sit-ups of 20 men"
  unset output
}
