# SPDX-License-Identifier: MIT
# gnuplot -c pca.gp DIR SCRIPTS: draws DIR/pca.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set title "600 handwritten digits on their first two principal components"
set xlabel "first component"
set ylabel "second component"
unset key
unset colorbox
set xtics 10
set ytics 10
set xrange [-35:30]
set yrange [-30:35]
# Neighbours in this palette differ, so that digits that lie together do.
set palette maxcolors 10 defined (0 "#4a6fa5", 1 "#c8102e", 2 "#d99a2b", 3 "#2e8b57", 4 "#7b4fa0", 5 "#30343b", \
  6 "#1fa3b5", 7 "#e0679a", 8 "#8c6239", 9 "#8fa31e")
set cbrange [-0.5:9.5]
do for [format in "svg png"] {
  eval into(format, "pca", 900, 640)
  plot "pca.dat" using 1:2:(sprintf("%d", $3)):3 with labels font "Sans Bold,11" textcolor palette
  unset output
}
