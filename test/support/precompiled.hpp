// SPDX-License-Identifier: MIT
// What nearly all tests include, compiled once per room. That every header stands alone, the room `house` sees to.
#include <gradus/gradus.hpp>

#include <doctest/doctest.h>
