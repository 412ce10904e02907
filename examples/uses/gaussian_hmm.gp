# SPDX-License-Identifier: MIT
# gnuplot -c gaussian_hmm.gp DIR SCRIPTS: draws DIR/gaussian_hmm.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "The flow of the Nile, and the mean of each year's most probable state"
set xlabel "year"
set ylabel "flow at Aswan (10^8 m^3)"
set xrange [1870:1971]
unset key
do for [format in "svg png"] {
  eval into(format, "gaussian_hmm", 900, 440)
  plot "gaussian_hmm.dat" using 1:2 with linespoints linewidth 1 pointtype 7 pointsize 0.4 linecolor rgb quiet, \
       "gaussian_hmm.dat" using ($1 - 0.5):3 with steps linewidth 2.5 linecolor rgb red
  unset output
}
