# SPDX-License-Identifier: MIT
# gnuplot -c infomax.gp DIR SCRIPTS: draws DIR/infomax.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

set palette gray
unset colorbox
unset key
unset tics
unset border
unset grid
set size ratio -1
set xrange [-0.5:95.5]
set yrange [63.5:-0.5]
array titles[4] = ["a mixture of two photographs", "another mixture of them", \
  "separated: the first source", "separated: the second source"]
do for [format in "svg png"] {
  eval into(format, "infomax", 900, 680)
  set multiplot layout 2,2 margins 0.02,0.98,0.02,0.93 spacing 0.03,0.09
  do for [panel = 1:4] {
    set title titles[panel] offset 0,-0.5
    plot "infomax.dat" using 1:2:panel + 2 with image
  }
  unset multiplot
  unset output
}
