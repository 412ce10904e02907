# SPDX-License-Identifier: MIT
# gnuplot -c pictures.gp DIR STATES: draws DIR/learning.dat and DIR/letters.dat, each as SVG and as PNG.
cd ARG1
states = int(ARG2)

ink = 0x30343b
quiet = 0x9aa5b1
grid = 0xe4e8ec
vowel = 0xc8102e
reference = 0x4a6fa5

set encoding utf8
set tics nomirror scale 0.5 textcolor rgb ink
set title textcolor rgb ink
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink
set grid ytics linetype 1 linewidth 0.5 linecolor rgb grid
set style fill solid 1 noborder
set boxwidth 0.72
unset key

# Both formats in one size, the PNG with twice the dots; run with `eval`.
into(format, name, width, height) = "set terminal ".(format eq "svg" ? \
  sprintf("svg size %d,%d font 'Sans,15' background 'white'", width, height) : \
  sprintf("pngcairo size %d,%d font 'Sans,15' fontscale 2 linewidth 2 background 'white'", 2 * width, 2 * height)). \
  sprintf("; set output '%s.%s'", name, format)

# The learning curves, labelled where they end.
stats "learning.dat" index 0 using 2 name "R" nooutput
stats "learning.dat" index 1 using 2 name "A" nooutput
steps = R_records > A_records ? R_records : A_records
low = R_min < A_min ? R_min : A_min
high = R_max > A_max ? R_max : A_max
set title "Climbing the likelihood, from the same start"
set xlabel "steps"
set ylabel "log-likelihood per letter, nats"
set border 3 linewidth 0.8 linecolor rgb ink
set logscale x
set xrange [1:steps]
set yrange [low - 0.05 * (high - low):high + 0.08 * (high - low)]
set format y "%.2f"
set rmargin 4
set label 1 sprintf("Baum-Welch %.4f", R_max) at graph 0.98, graph 0.84 right textcolor rgb reference
set label 2 sprintf("gradient ascent %.4f", A_max) at graph 0.98, graph 0.76 right textcolor rgb vowel
do for [format in "svg png"] {
  eval into(format, "learning", 900, 480)
  plot "learning.dat" index 0 with lines linewidth 3 linecolor rgb reference, \
       "learning.dat" index 1 with lines linewidth 3 linecolor rgb vowel
  unset output
}

# The letters, one panel a state, in the same order in all.
unset logscale
unset xlabel
unset title
unset label
set border 1 linewidth 0.8 linecolor rgb ink
set xrange [-0.7:26.7]
set yrange [0:*]
set xtics scale 0
set format y "%.0f%%"
set lmargin 10
set rmargin 2
color(kind) = kind == 1 ? vowel : quiet
name(symbol) = symbol eq "_" ? "\342\220\243" : symbol
do for [format in "svg png"] {
  eval into(format, "letters", 900, 60 + 200 * states)
  set multiplot layout states, 1 title "What each state emits, and how often" textcolor rgb ink
  do for [state = 1:states] {
    stats "letters.dat" using state + 2 name "P" nooutput
    set ytics P_max > 0.4 ? 25 : 10
    set ylabel sprintf("state %d", state) offset -1
    plot "letters.dat" using 0:(100 * column(state + 2)):(color($2)):xtic(name(strcol(1))) \
      with boxes linecolor rgb variable
  }
  unset multiplot
  unset output
}
