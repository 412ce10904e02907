# SPDX-License-Identifier: MIT
# gnuplot -c landscapes.gp DIR "NAME...": draws DIR/NAME.svg, the ways of DIR/NAME.dat over the landscapes of
# DIR/1.heights to DIR/4.heights, titled by DIR/NAME.titles. A block of a way is followed by a block of its two ends.
cd ARG1
panels = 4

ink = 0x30343b
level = 0xc3ccd6
path = 0xc8102e

# The contours once, as lines for all pictures.
set contour base
unset surface
set cntrparam levels discrete 1.5, 3, 5, 8, 13
array left[panels]
array right[panels]
array low[panels]
array high[panels]
do for [i = 1:panels] {
  stats sprintf("%d.heights", i) using 1:2 name "F" nooutput
  left[i] = F_min_x
  right[i] = F_max_x
  low[i] = F_min_y
  high[i] = F_max_y
  set table sprintf("%d.contours", i)
  splot sprintf("%d.heights", i) using 1:2:3
  unset table
}
unset contour
set surface

set encoding utf8
unset key
unset tics
set border 15 linewidth 0.5 linecolor rgb level
set title textcolor rgb ink offset 0, -0.4
set style line 1 linewidth 0.7 linecolor rgb level
set style line 2 linewidth 1.2 linecolor rgb path
set style line 3 pointtype 2 pointsize 0.8 linecolor rgb ink
set style line 4 pointtype 6 pointsize 0.7 linecolor rgb path
set style line 5 pointtype 7 pointsize 0.4 linecolor rgb path

do for [name in ARG2] {
  load name.".titles"
  ways = name.".dat"
  set terminal svg size 880,236 font 'Sans,12' background 'white'
  set output name.".svg"
  set multiplot layout 1, panels margins 0.005, 0.995, 0.02, 0.88 spacing 0.01
  do for [i = 1:panels] {
    way = 2 * i - 2
    set title heading[i]
    set xrange [left[i]:right[i]]
    set yrange [low[i]:high[i]]
    plot sprintf("%d.contours", i) using 1:2 with lines linestyle 1, \
         ways index way using 1:2 with lines linestyle 2, \
         "minima.dat" every ::(i - 1)::(i - 1) using 1:2 with points linestyle 3, \
         ways index way + 1 every ::0::0 using 1:2 with points linestyle 4, \
         ways index way + 1 every ::1::1 using 1:2 with points linestyle 5
  }
  unset multiplot
  unset output
}
