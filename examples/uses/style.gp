# SPDX-License-Identifier: MIT
# What all pictures here look like. A script that loads this draws once for each format:
#
#   do for [format in "svg png"] { eval into(format, "name", 900, 480); plot ...; unset output }
ink = 0x30343b
quiet = 0x9aa5b1
grid = 0xe4e8ec
red = 0xc8102e
blue = 0x4a6fa5
gold = 0xd99a2b

set encoding utf8
set tics nomirror scale 0.5 textcolor rgb ink
set title textcolor rgb ink
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink
set key textcolor rgb ink samplen 2
set border 3 linewidth 0.8 linecolor rgb ink
set grid linetype 1 linewidth 0.5 linecolor rgb grid

# Both formats in one size, the PNG with twice the dots; run with `eval`.
into(format, name, width, height) = "set terminal ".(format eq "svg" ? \
  sprintf("svg size %d,%d font 'Sans,15' background 'white'", width, height) : \
  sprintf("pngcairo size %d,%d font 'Sans,15' fontscale 2 linewidth 2 background 'white'", 2 * width, 2 * height)). \
  sprintf("; set output '%s.%s'", name, format)
