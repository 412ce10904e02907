# SPDX-License-Identifier: MIT
# gnuplot -c dictionary.gp DIR SCRIPTS: draws DIR/dictionary.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

data = "dictionary.dat"
set palette defined (-1 '#4a6fa5', 0 '#ffffff', 1 '#c8102e')
set cbrange [-0.4:0.4]
unset colorbox
do for [format in "svg png"] {
  eval into(format, "dictionary", 900, 480)
  set multiplot layout 1,2
  set title "36 atoms that make up digits"
  unset border
  unset tics
  unset grid
  set size ratio -1
  plot for [k = 0:35] data index 1 + k matrix using ($1 + 9 * (k % 6)):(-$2 - 9 * (k / 6)):3 with image notitle
  set title "How they were learned"
  set border 3 linewidth 0.8 linecolor rgb ink
  set xtics nomirror scale 0.5 textcolor rgb ink
  set grid linetype 1 linewidth 0.5 linecolor rgb grid
  set size noratio
  set xlabel "rounds" textcolor rgb ink
  set ylabel "misfit and penalty" textcolor rgb ink
  set logscale y
  set yrange [300:1000]
  set ytics nomirror scale 0.5 (300, 400, 500, 700, 1000) textcolor rgb ink
  plot data index 0 using 0:1 with lines linewidth 2 linecolor rgb quiet title "plain steps", \
       data index 0 using 0:2 with lines linewidth 2 linecolor rgb red title "momentum"
  unset multiplot
  unset output
  unset logscale
  unset xlabel
  unset ylabel
  set yrange [*:*]
}
