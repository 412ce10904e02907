// SPDX-License-Identifier: MIT
#pragma once

/// Marks what must vanish into the loop, or in front of it. Where nothing is optimized it would be copied there for
/// nothing: most of what a composition costs to compile then.
#if defined(__OPTIMIZE__) || defined(__CUDACC__)
#define GRADUS_INLINE [[gnu::always_inline]]
#else
#define GRADUS_INLINE
#endif
