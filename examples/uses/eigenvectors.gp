# SPDX-License-Identifier: MIT
# gnuplot -c eigenvectors.gp DIR SCRIPTS: draws DIR/eigenvectors.dat as SVG and as PNG.
load ARG2."/style.gp"
cd ARG1

# The eigenvector's sign is chosen so that member 1, who followed half 0, is above 0.
stats "eigenvectors.dat" index 0 using (($3 > 0) == ($4 == 0)) nooutput
set title sprintf("Who followed whom: the sign of the second eigenvector tells %d of %d", \
  STATS_sum, STATS_records)
set xlabel "first eigenvector"
set ylabel "second eigenvector"
set xtics 0.1
set ytics 0.2
set xrange [0:0.4]
set yrange [-0.45:0.45]
set key at graph 0.02,0.98 left top Left reverse
half(h) = column(4) == h ? column(3) : NaN
known(i) = i == 1 || i == 3 || i == 9 || i >= 33 ? sprintf("%d", i) : ""
do for [format in "svg png"] {
  eval into(format, "eigenvectors", 900, 640)
  plot "eigenvectors.dat" index 1 using 1:2 with lines linewidth 0.7 linecolor rgb 0xd5dbe1 notitle, \
       0 with lines linewidth 1 dashtype 2 linecolor rgb quiet notitle, \
       "eigenvectors.dat" index 0 using 2:(half(0)) with points pointtype 7 pointsize 1.7 linecolor rgb blue \
         title "followed the teacher (1)", \
       "eigenvectors.dat" index 0 using 2:(half(1)) with points pointtype 7 pointsize 1.7 linecolor rgb red \
         title "followed the president (34)", \
       "eigenvectors.dat" index 0 using 2:3:(known($1)) with labels offset 1.3,0.3 font ",12" textcolor rgb ink notitle
  unset output
}
