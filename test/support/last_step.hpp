// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

namespace support {

/// The last step that a run can count.
inline constexpr std::int64_t last_step = std::numeric_limits<std::int64_t>::max();

}  // namespace support
