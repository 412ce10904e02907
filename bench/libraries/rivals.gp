# SPDX-License-Identifier: MIT
# gnuplot -c rivals.gp NAME: draws NAME.dat, a step of Adam by everybody, as SVG and as PNG.
ink = 0x30343b
grid = 0xe4e8ec
own = 0xc8102e

set encoding utf8
set tics nomirror scale 0.5 textcolor rgb ink
set title "A step of Adam, float, one core" textcolor rgb ink
set xlabel "elements" textcolor rgb ink
set ylabel "nanoseconds per element" textcolor rgb ink
set border 3 linewidth 0.8 linecolor rgb ink
set grid ytics linetype 1 linewidth 0.5 linecolor rgb grid
set logscale xy
set format x "10^{%L}"
set format y "10^{%L}"
set key outside right center Left reverse textcolor rgb ink samplen 2 spacing 1.2

stats ARG1.".dat" using 1:2 nooutput
set xrange [STATS_min_x:STATS_max_x]
limit = STATS_blocks - 2  # the bare streams stand last, gradus first

# Both formats in one size, the PNG with twice the dots; run with `eval`.
into(format) = "set terminal ".(format eq "svg" ? \
  "svg size 1000,560 font 'Sans,15' background 'white'" : \
  "pngcairo size 2000,1120 font 'Sans,15' fontscale 2 linewidth 2 background 'white'").\
  "; set output '".ARG1.".".format."'"

color(k) = word("#b9c2cc #9aa5b1 #7b8794 #52606d #4a6fa5 #6b9ac4 #2a9d8f #8d6a9f #b08968 #e09f3e #bc6c25 #52796f", \
  (k - 1) % 12 + 1)
do for [format in "svg png"] {
  eval into(format)
  plot for [k = limit - 1:1:-1] ARG1.".dat" index k using 1:2 with lines linewidth 2 linecolor rgb color(k) \
         title columnheader(1), \
       ARG1.".dat" index 0 using 1:2 with lines linewidth 4 linecolor rgb own title columnheader(1), \
       ARG1.".dat" index limit using 1:2 with lines linewidth 2 dashtype 2 linecolor rgb ink title columnheader(1)
  unset output
}
