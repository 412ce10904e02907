#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh ROOT: what `need` of tools/setup.sh does where it may not, cannot or need not install.
set -u
root=$1
. "$root/tools/setup.sh"
asked=$(mktemp)
trap 'rm -f "$asked"' EXIT

# What it would ask of the system.
apt_get() { echo "$*" >>"$asked"; return 1; }
on_debian() { [ "$system" = debian ]; }
as_root() { [ "$user" = root ]; }

expect() { # CODE SENTENCE PACKAGE...
  code=$1 sentence=$2
  shift 2
  : >"$asked"
  said=$( (need "$@") 2>&1)
  [ $? = "$code" ] || { echo "need $* as $user on $system: not $code"; exit 1; }
  printf '%s\n' "$said" | grep -qF "$sentence" || { printf 'need %s said: %s\n' "$*" "$said"; exit 1; }
}
asked_for() { [ "$(cat "$asked")" = "$1" ] || { echo "asked for: $(cat "$asked")"; exit 1; }; }

for system in debian another; do
  for user in root nobody; do
    expect 0 '' sh grep
    asked_for ''
    expect 1 'missing: no-such-thing libnone/none.h' sh no-such-thing libnone/none.h
    expect 1 'On Debian 12 or 13, as root: apt-get install no-such-thing' grep no-such-thing
    [ "$system $user" = 'debian root' ] || asked_for ''
  done
done
system=debian user=root # where nothing answers, as without a network
expect 1 'installing no-such-thing' no-such-thing
asked_for "update
install --no-install-recommends no-such-thing"
