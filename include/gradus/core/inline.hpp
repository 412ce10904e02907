// SPDX-License-Identifier: MIT
#pragma once

/// Marks functions that must be inlined into the loop, or in front of it. Without optimization that gains nothing, and
/// would be most of what a composition costs to compile.
#if defined(__OPTIMIZE__) || defined(__CUDACC__)
#define GRADUS_INLINE [[gnu::always_inline]]
#define GRADUS_INLINE_LAMBDA __attribute__((always_inline))  // where C++20 allows no [[attribute]]
#else
#define GRADUS_INLINE
#define GRADUS_INLINE_LAMBDA
#endif
