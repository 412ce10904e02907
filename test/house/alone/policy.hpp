// SPDX-License-Identifier: MIT
// What policies and schedules include themselves, compiled once for all of them when they are compiled alone.
#include <gradus/core/policy.hpp>
