#!/bin/sh
# SPDX-License-Identifier: MIT
# bare.sh SUITE COMMAND [ARG...]: runs the command in a clone of HEAD on a Debian (`bookworm`, `trixie`) that has nothing
# but its essential packages. Needs root. The untouched system is kept in TMPDIR; MIRROR names where it comes from.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"

suite=$1
shift
need git debootstrap
store=${TMPDIR:-/var/tmp}/gradus-$suite.tar
system=$(mktemp -d)
leave() {
  umount "$system/dev" "$system/proc" 2>/dev/null || true
  rm -rf --one-file-system "$system"
}
trap leave EXIT

if [ -e "$store" ]; then
  tar -C "$system" -xf "$store"
else
  quietly debootstrap --variant=minbase "$suite" "$system" ${MIRROR:+"$MIRROR"}
  tar -C "$system" -cf "$store.new" .
  mv "$store.new" "$store"
fi
chmod 755 "$system"
mount -t proc proc "$system/proc"
mount --bind /dev "$system/dev"
cp /etc/resolv.conf "$system/etc/"
git clone -q "$root" "$system/root/gradus"
# shellcheck disable=SC2016  # expanded in there
chroot "$system" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c 'cd ~/gradus && exec "$@"' sh "$@"
