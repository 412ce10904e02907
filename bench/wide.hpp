// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/// The few operations of the hand-written rivals, per register width. Each type is what `intrinsics.cpp` would call
/// directly, under one name.
namespace wide {

struct One {
  using V = float;
  static constexpr std::size_t width = 1;
  static V load(const float* x) { return *x; }
  static void store(float* x, V y) { *x = y; }
  static V all(float x) { return x; }
  static V add(V x, V y) { return x + y; }
  static V mul(V x, V y) { return x * y; }
  static V div(V x, V y) { return x / y; }
  static V min(V x, V y) { return x < y ? x : y; }
  static V max(V x, V y) { return x > y ? x : y; }
#if defined(__SSE2__)
  static V sqrt(V x) { return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))); }
#else
  static V sqrt(V x) { return std::sqrt(x); }
#endif
  static V fma(V x, V y, V z) { return x * y + z; }
  static void prefetch(const float*) {}
};

#if defined(__AVX2__) && defined(__FMA__)
struct Four {
  using V = __m128;
  static constexpr std::size_t width = 4;
  static V load(const float* x) { return _mm_loadu_ps(x); }
  static void store(float* x, V y) { _mm_storeu_ps(x, y); }
  static V all(float x) { return _mm_set1_ps(x); }
  static V add(V x, V y) { return _mm_add_ps(x, y); }
  static V mul(V x, V y) { return _mm_mul_ps(x, y); }
  static V div(V x, V y) { return _mm_div_ps(x, y); }
  static V min(V x, V y) { return _mm_min_ps(x, y); }
  static V max(V x, V y) { return _mm_max_ps(x, y); }
  static V sqrt(V x) { return _mm_sqrt_ps(x); }
  static V fma(V x, V y, V z) { return _mm_fmadd_ps(x, y, z); }
  static void prefetch(const float*) {}
};

struct Eight {
  using V = __m256;
  static constexpr std::size_t width = 8;
  static V load(const float* x) { return _mm256_loadu_ps(x); }
  static void store(float* x, V y) { _mm256_storeu_ps(x, y); }
  static V all(float x) { return _mm256_set1_ps(x); }
  static V add(V x, V y) { return _mm256_add_ps(x, y); }
  static V mul(V x, V y) { return _mm256_mul_ps(x, y); }
  static V div(V x, V y) { return _mm256_div_ps(x, y); }
  static V min(V x, V y) { return _mm256_min_ps(x, y); }
  static V max(V x, V y) { return _mm256_max_ps(x, y); }
  static V sqrt(V x) { return _mm256_sqrt_ps(x); }
  static V fma(V x, V y, V z) { return _mm256_fmadd_ps(x, y, z); }
  static void prefetch(const float* x) { _mm_prefetch(reinterpret_cast<const char*>(x), _MM_HINT_T0); }
};
#endif

#if defined(__AVX512F__)
struct Sixteen {
  using V = __m512;
  static constexpr std::size_t width = 16;
  static V load(const float* x) { return _mm512_loadu_ps(x); }
  static void store(float* x, V y) { _mm512_storeu_ps(x, y); }
  static V all(float x) { return _mm512_set1_ps(x); }
  static V add(V x, V y) { return _mm512_add_ps(x, y); }
  static V mul(V x, V y) { return _mm512_mul_ps(x, y); }
  static V div(V x, V y) { return _mm512_div_ps(x, y); }
  static V min(V x, V y) { return _mm512_min_ps(x, y); }
  static V max(V x, V y) { return _mm512_max_ps(x, y); }
  static V sqrt(V x) { return _mm512_sqrt_ps(x); }
  static V fma(V x, V y, V z) { return _mm512_fmadd_ps(x, y, z); }
  static void prefetch(const float* x) { _mm_prefetch(reinterpret_cast<const char*>(x), _MM_HINT_T0); }
};
#endif

/// Calls f(Width{}, from, to) for the longest part of [0, size) that each width takes whole, the widest first.
template <class F>
void for_each_width(std::size_t size, F f) {
  std::size_t at = 0;
  const auto part = [&]<class W>(W width) {
    const std::size_t end = size - (size - at) % W::width;
    if (at != end) f(width, at, end);
    at = end;
  };
#if defined(__AVX512F__)
  part(Sixteen{});
#endif
#if defined(__AVX2__) && defined(__FMA__)
  part(Eight{}), part(Four{});
#endif
  part(One{});
}

}  // namespace wide
