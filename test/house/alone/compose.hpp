// SPDX-License-Identifier: MIT
// What recipes compose with, compiled once for all of them when they are compiled alone: each lacks its policies still.
#include <gradus/compose/optimizer.hpp>
