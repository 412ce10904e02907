// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/processor.hpp>
#include <gradus/backend/xsimd.hpp>
#include <gradus/core/chain.hpp>
#include <gradus/core/evaluate.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/float_parts.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/repeat.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

// Which instruction sets of x86-64 are compiled besides that of the flags: those that the flags lack and no
// GRADUS_NO_... excludes; none if nothing is optimized, or nvcc compiles.
#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__CUDACC__) && !defined(GRADUS_NO_TARGETS)
#if !defined(__AVX512F__) && !defined(GRADUS_NO_AVX512)
#define GRADUS_AVX512_TARGET
#endif
#if !defined(__AVX2__) && !defined(GRADUS_NO_AVX2)
#define GRADUS_AVX2_TARGET
#endif
#endif

// What stands between these is compiled for an instruction set, and so are templates, wherever instantiated.
#define GRADUS_PRAGMA(text) _Pragma(#text)
#ifdef __clang__
#define GRADUS_FOR_TARGET(set) GRADUS_PRAGMA(clang attribute push(__attribute__((target(set))), apply_to = function))
#define GRADUS_END_TARGET GRADUS_PRAGMA(clang attribute pop)
#else
#define GRADUS_FOR_TARGET(set) GRADUS_PRAGMA(GCC push_options) GRADUS_PRAGMA(GCC target(set))
#define GRADUS_END_TARGET GRADUS_PRAGMA(GCC pop_options)
#endif

#ifdef GRADUS_AVX2_TARGET
GRADUS_FOR_TARGET("avx2,fma,bmi,bmi2")
namespace gradus::backend::inline GRADUS_FLAGS::avx2 {
inline constexpr std::size_t register_bytes = 32;
#include <gradus/backend/target.inc>
}  // namespace gradus::backend::inline GRADUS_FLAGS::avx2
GRADUS_END_TARGET
#endif

#ifdef GRADUS_AVX512_TARGET
GRADUS_FOR_TARGET("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi,bmi2")
namespace gradus::backend::inline GRADUS_FLAGS::avx512 {
inline constexpr std::size_t register_bytes = 64;
#include <gradus/backend/target.inc>
}  // namespace gradus::backend::inline GRADUS_FLAGS::avx512
GRADUS_END_TARGET
#endif

#undef GRADUS_END_TARGET
#undef GRADUS_FOR_TARGET
#undef GRADUS_PRAGMA

namespace gradus::backend::inline GRADUS_FLAGS {

using namespace detail;

/// The instruction sets that were compiled besides that of the flags, chosen by the target in force.
struct Targets {
#if defined(GRADUS_AVX2_TARGET)
  static constexpr Target narrowest = Target::avx2;
  static constexpr bool any = true;
#elif defined(GRADUS_AVX512_TARGET)
  static constexpr Target narrowest = Target::avx512;
  static constexpr bool any = true;
#else
  static constexpr Target narrowest = Target::flags;
  static constexpr bool any = false;
#endif

  /// Whether there is code for the target in force. Only then may what follows be called.
  static bool has_one() { return any && target() >= narrowest; }

  /// Runs `Chain` over [first, size).
  template <class Chain, class T, class Stored>
  static void run([[maybe_unused]] const Streams<T, Stored, Chain::slot_count>& at, [[maybe_unused]] std::size_t size,
                  [[maybe_unused]] const T* scalar, [[maybe_unused]] bool down, [[maybe_unused]] std::size_t first) {
#ifdef GRADUS_AVX512_TARGET
    if (target() == Target::avx512) return avx512::run<Chain>(at.parameter, at.gradient, at, size, scalar, down, first);
#endif
#ifdef GRADUS_AVX2_TARGET
    avx2::run<Chain>(at.parameter, at.gradient, at, size, scalar, down, first);
#endif
  }

  /// The sum of the terms of a block, in the order of `NormTree`.
  template <class Term, class T>
  static double sum_of_block([[maybe_unused]] const T* x, [[maybe_unused]] std::size_t size) {
#ifdef GRADUS_AVX512_TARGET
    if (target() == Target::avx512) return avx512::sum_of_block<Term>(x, size);
#endif
#ifdef GRADUS_AVX2_TARGET
    return avx2::sum_of_block<Term>(x, size);
#endif
    return 0;
  }

  /// lane[i % norm_lanes] += term of x[i] for whole rows of lanes, or = if `fresh`; returns the first element left.
  template <class Term, class T>
  static std::size_t add_rows([[maybe_unused]] const T* x, [[maybe_unused]] std::size_t size,
                              [[maybe_unused]] double* lane, [[maybe_unused]] bool fresh) {
#ifdef GRADUS_AVX512_TARGET
    if (target() == Target::avx512) return avx512::add_rows<Term>(x, size, lane, fresh);
#endif
#ifdef GRADUS_AVX2_TARGET
    return avx2::add_rows<Term>(x, size, lane, fresh);
#endif
    return 0;
  }

  /// The largest magnitude among the elements, as its bits.
  template <class T>
  static BitsOf<T> largest([[maybe_unused]] const T* x, [[maybe_unused]] std::size_t size) {
#ifdef GRADUS_AVX512_TARGET
    if (target() == Target::avx512) return avx512::largest(x, size);
#endif
#ifdef GRADUS_AVX2_TARGET
    return avx2::largest(x, size);
#endif
    return 0;
  }
};

}  // namespace gradus::backend::inline GRADUS_FLAGS
