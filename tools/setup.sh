# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by the other scripts: installs what is missing if it may, and configures build/.

: "${root:?is set by the script that reads this}"

# Commands or headers, any of which shows that a Debian package is there.
signs() {
  case $1 in
    clang) echo clang++ ;;
    doctest-dev) echo doctest/doctest.h ;;
    gnuplot-nox) echo gnuplot ;;
    libarmadillo-dev) echo armadillo_bits/Mat_bones.hpp ;;
    libboost-dev) echo boost/hana.hpp ;;
    libc++-dev) echo ../lib/llvm-19/include/c++/v1/mdspan ;;
    libcli11-dev) echo CLI/CLI.hpp ;;
    libensmallen-dev) echo ensmallen.hpp ;;
    libeigen3-dev) echo eigen3/Eigen/Core Eigen/Core ;;
    librandom123-dev) echo Random123/philox.h ;;
    libtbb-dev) echo tbb/parallel_for.h ;;
    libtorch-dev) echo torch/csrc/api/include/torch/torch.h ;;
    libthrust-dev) echo thrust/universal_vector.h ;;
    libxsimd-dev) echo xsimd/xsimd.hpp ;;
    libxtensor-dev) echo xtensor/xarray.hpp xtensor/containers/xarray.hpp ;;
    ninja-build) echo ninja ninja-build ;;
    nlohmann-json3-dev) echo nlohmann/json.hpp ;;
    pkg-config) echo pkg-config pkgconf ;;
    python3-venv) echo ../lib/python3.11/ensurepip/__init__.py ../lib/python3.13/ensurepip/__init__.py ;;
    *) echo "$1" ;;
  esac
}

shows() {
  case $1 in
    */*) [ -e "/usr/include/$1" ] || echo "#include <$1>" | g++ -std=c++20 -E -x c++ - >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

is_there() {
  for sign in $(signs "$1"); do
    if shows "$sign"; then return; fi
  done
  return 1
}

missing() {
  for package in "$@"; do
    is_there "$package" || printf ' %s' "$package"
  done
}

# Runs a command, and prints its last lines only if it fails.
quietly() {
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then failed=0; else failed=$?; tail -n 40 "$log" >&2; fi
  rm -f "$log"
  return "$failed"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_get() {
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@"
}

on_debian() {
  [ -r /etc/os-release ] && grep -q '^ID=debian$' /etc/os-release
}

# need PACKAGE...: all of them are there afterwards, or the script ends.
installed=
need() {
  lacking=$(missing "$@")
  if [ -n "$lacking" ] && on_debian && as_root true 2>/dev/null; then
    echo "installing$lacking"
    installed=yes
    apt_get update || true
    # shellcheck disable=SC2086  # a list of words
    apt_get install --no-install-recommends $lacking || true
    lacking=$(missing "$@")
  fi
  [ -z "$lacking" ] && return
  echo "missing:$lacking" >&2
  echo "On Debian 12 or 13, as root: apt-get install$lacking" >&2
  echo "Elsewhere: install the same under the names they have there." >&2
  exit 1
}

# configure OPTION...: Meson in build/. An option given again makes it look for new files too. It remembers what it did
# not find, so it starts anew if something was installed. CXX may name clang.
configure() {
  if [ "${CXX:-}" = clang++ ]; then need clang; fi
  if [ ! -f "$root/build/build.ninja" ]; then
    quietly meson setup "$root/build" "$root" "$@"
  elif [ -n "$installed" ]; then
    quietly meson setup --wipe "$root/build" "$root" "$@"
  else
    quietly meson configure "$root/build" "$@"
  fi
}
