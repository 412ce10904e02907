// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>

#include <limits>
#include <type_traits>
#include <utility>

namespace gradus::detail {

#include <gradus/core/elementary.inc>

}  // namespace gradus::detail
