# SPDX-License-Identifier: MIT
# gnuplot -c mixture.gp DIR SCRIPTS: draws DIR/mixture.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

# The program's numbers have mean 0 and deviation 1; the file's are minutes.
eruptions = ARG2."/../data/old_faithful.csv"
set datafile separator comma
stats eruptions using 1 skip 1 name "x" nooutput
stats eruptions using 2 skip 1 name "y" nooutput
set datafile separator whitespace
lasts(x) = x_mean + x_ssd * x
waits(y) = y_mean + y_ssd * y

set title "Old Faithful: two normal distributions, each out to two deviations"
set xlabel "minutes that an eruption lasts"
set ylabel "minutes until the next"
set xrange [1.4:5.4]
unset key
# The colour of a point is the share that the second has in it.
set palette defined (0 '#4a6fa5', 1 '#c8102e')
unset colorbox
do for [format in "svg png"] {
  eval into(format, "mixture", 900, 560)
  plot "mixture.dat" index 0 using (lasts($1)):(waits($2)):4 with points pointtype 7 pointsize 0.7 linecolor palette, \
       "mixture.dat" index 1 using (lasts($1)):(waits($2)) with lines linewidth 2 linecolor rgb blue, \
       "mixture.dat" index 2 using (lasts($1)):(waits($2)) with lines linewidth 2 linecolor rgb red
  unset output
}
