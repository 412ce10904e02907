// SPDX-License-Identifier: MIT
// What all tests of a room include, compiled once for it. That every header stands alone, the room `house` sees to.
#include <gradus/gradus.hpp>

#include <doctest/doctest.h>
