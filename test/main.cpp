// SPDX-License-Identifier: MIT
// Every test executable links this one copy of doctest.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
