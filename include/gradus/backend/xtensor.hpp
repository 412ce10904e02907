// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/simd.hpp>

namespace gradus::backend::inline GRADUS_FLAGS {

/// Reads and writes every tensor block by block, by its own iteration. All backends do so where a tensor is not one
/// contiguous block (stepped views, broadcasts, masks); this one always does. The arithmetic is `Simd`'s, and so are
/// the bits.
struct Xtensor : Simd {
  static constexpr const char* name = "xtensor";
  static constexpr bool walks = true;
};

}  // namespace gradus::backend::inline GRADUS_FLAGS
