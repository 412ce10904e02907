// SPDX-License-Identifier: MIT
// What all tests of a folder include, compiled once for it. The folder `house` checks that headers are self-contained.
#include <gradus/gradus.hpp>

#include <doctest/doctest.h>
