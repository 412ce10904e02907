// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/inline.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus::detail {

#include <gradus/core/repeat.inc>

}  // namespace gradus::detail
