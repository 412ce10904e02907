#!/bin/sh
# SPDX-License-Identifier: MIT
# reference.sh [--check]: makes docs/reference from the comments of policies, schedules, recipes, drivers and the
# engine's user interface: a page per header, with links from recipes to their rows in docs/dialects.md. --check only
# tells whether it is up to date.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
place=$root/docs/reference
[ "${1:-}" != --check ] || place=$(mktemp -d)

# page TITLE HEADER...
page() {
  echo "# $1"
  echo
  shift
  awk -v pictures="$root/docs/pictures/recipes" -v dialects="$root/docs/dialects.md" \
    -f "$root/tools/reference.awk" "$@" |
    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

mkdir -p "$place"
rm -f "$place"/*.md
{
  echo "# Reference"
  echo
  echo "Made by \`tools/reference.sh\` from the comments in the headers."
  for room in compose step core parameters tensor explain policy schedule recipe drive; do
    echo
    echo "## $room"
    echo
    for header in $(cd "$root/include/gradus/$room" && ls -- *.hpp); do
      name=${header%.hpp}
      case $room/$name in
        compose/optimizer | compose/partition | compose/steps | compose/leaf_step | step/state) ;;
        core/leaf_info | core/report | core/storage | core/value | parameters/named | parameters/subset) ;;
        parameters/zero | tensor/rows | explain/cost | explain/explain) ;;
        compose/* | step/* | core/* | parameters/* | tensor/* | explain/* | drive/difference | */parts | */wrapped | */progress | */snapshot | */nearest) continue ;; # for those who write their own
      esac
      page "gradus/$room/$header" "$root/include/gradus/$room/$header" >"$place/$room-$name.md"
      echo "- [$name]($room-$name.md):$(sed -n 's/^## / /p' "$place/$room-$name.md" | paste -sd, -)"
    done
  done
} >"$place/README.md"

[ "${1:-}" != --check ] || diff -r "$root/docs/reference" "$place" ||
  { echo "docs/reference is not what the headers say; run tools/reference.sh" >&2 && exit 1; }
