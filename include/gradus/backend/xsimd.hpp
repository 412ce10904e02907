// SPDX-License-Identifier: MIT
#pragma once

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // g++ 12 sees one in its own AVX-512 intrinsics
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <xsimd/xsimd.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// Names the instruction set of the compiler's flags. What is compiled for it stands in an inline namespace of that
/// name: a linker must not share one source's code with another that was compiled with different flags.
#if defined(__AVX512F__) && defined(__AVX512VL__)
#define GRADUS_FLAGS flags_avx512
#elif defined(__AVX512F__)
#define GRADUS_FLAGS flags_avx512f
#elif defined(__AVX2__) && defined(__FMA__)
#define GRADUS_FLAGS flags_avx2_fma
#elif defined(__AVX2__)
#define GRADUS_FLAGS flags_avx2
#elif defined(__AVX__)
#define GRADUS_FLAGS flags_avx
#elif defined(__SSE4_1__)
#define GRADUS_FLAGS flags_sse4
#else
#define GRADUS_FLAGS flags_base
#endif
