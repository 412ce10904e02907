// SPDX-License-Identifier: MIT
// What all programs here include, compiled once for them.
#include <gradus/optimizer.hpp>
