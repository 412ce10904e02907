#!/bin/sh
# SPDX-License-Identifier: MIT
# consume.sh WAY ROOT: builds and runs the consumer as a user of gradus would: by `subproject`, `pkg-config`, `cmake`, or
# `cmake_thrust`, which is its component.
set -eu
way=$1 root=$2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp "$root"/test/consumer/project/* "$place"

install_gradus() {
  meson setup "$place/gradus" "$root" --prefix "$place/prefix" -Dtests=disabled -Dexamples=disabled -Dbench=disabled
  meson install -C "$place/gradus"
}

cd "$place"
case $way in
  subproject)
    mkdir subprojects
    ln -s "$root" subprojects/gradus
    meson setup build --force-fallback-for=gradus
    ninja -C build consumer
    ;;
  pkg-config)
    install_gradus
    mkdir build
    flags=$(PKG_CONFIG_PATH=$place/prefix/share/pkgconfig pkg-config --cflags gradus)
    # shellcheck disable=SC2086  # a list of words
    ${CXX:-g++} -std=c++20 $flags consumer.cpp -o build/consumer
    ;;
  cmake | cmake_thrust)
    install_gradus
    [ "$way" = cmake ] && thrust=OFF || thrust=ON
    cmake -S . -B build -G Ninja -DCMAKE_PREFIX_PATH="$place/prefix" -DTHRUST=$thrust
    cmake --build build
    ;;
esac
build/consumer
