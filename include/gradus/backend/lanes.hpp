// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/xsimd.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/opaque.hpp>
#include <gradus/core/repeat.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus::backend::inline GRADUS_FLAGS {

using namespace detail;

/// As many doubles as a register holds.
struct Wide {
  using Batch = xsimd::batch<double>;
  static constexpr std::size_t size = Batch::size;

  static Batch load(const double* x) { return Batch::load_unaligned(x); }
  static Batch load(const float* x) {
#if defined(__AVX512F__)
    return Batch(_mm512_cvtps_pd(_mm256_loadu_ps(x)));
#elif defined(__AVX__)
    return Batch(_mm256_cvtps_pd(_mm_loadu_ps(x)));
#elif defined(__SSE2__)
    return Batch(_mm_cvtps_pd(_mm_castsi128_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(x)))));
#else
    double wide[size];
    for (std::size_t i = 0; i < size; ++i) wide[i] = static_cast<double>(x[i]);
    return Batch::load_unaligned(wide);
#endif
  }

  /// The first `count` numbers (at least 1), as far as they fit, then zeros. Nothing behind them is read.
#if defined(__AVX512F__) && defined(__AVX512VL__)
  static Batch load_some(const float* x, std::size_t count) {
    return Batch(_mm512_cvtps_pd(_mm256_maskz_loadu_ps(first(count), x)));
  }
  static Batch load_some(const double* x, std::size_t count) { return Batch(_mm512_maskz_loadu_pd(first(count), x)); }
  static __mmask8 first(std::size_t count) { return static_cast<__mmask8>((1u << std::min(count, size)) - 1); }
#elif defined(__SSE2__) && !defined(__AVX__)
  template <class T>
  static Batch load_some(const T* x, std::size_t count) {
    return count >= size ? load(x) : Batch(_mm_set_sd(static_cast<double>(x[0])));
  }
#else
  template <class T>
  static Batch load_some(const T* x, std::size_t count) {
    if (count >= size) return load(x);
    double wide[size]{static_cast<double>(x[0])};
    for (std::size_t i = 1; i < size - 1; ++i)
      if (i < count) wide[i] = static_cast<double>(x[i]);
    return Batch::load_unaligned(wide);
  }
#endif
};

/// lane[i] += x[i] y[i], for the first `Width` of two batches.
template <std::size_t Width, class Batch>
void add_products(const Batch& x, const Batch& y, double* lane) {
  using T = typename Batch::value_type;
  T a[Batch::size], b[Batch::size];
  x.store_unaligned(a), y.store_unaligned(b);
  if constexpr (Width % Wide::size == 0)
    for (std::size_t i = 0; i < Width; i += Wide::size) {
      Wide::Batch product = Wide::load(a + i) * Wide::load(b + i);
      if constexpr (!Square::exact<T>) product = Wide::Batch(opaque(product.data));
      (Wide::load(lane + i) + product).store_unaligned(lane + i);
    }
  else
    for (std::size_t i = 0; i < Width; ++i) lane[i] += wide_product(a[i], b[i]);
}

/// The parallel sums of a `NormTree`, in registers.
class Lanes {
 public:
  static constexpr std::size_t count = norm_lanes / Wide::size;

  Lanes() {
    repeat<count>([&](auto k) { sum_[k] = Wide::Batch(0.0); });
  }
  explicit Lanes(const double* lane) {
    repeat<count>([&](auto k) { sum_[k] = Wide::load(lane + k * Wide::size); });
  }
  void store(double* lane) const {
    repeat<count>([&](auto k) { sum_[k].store_unaligned(lane + k * Wide::size); });
  }

  /// Adds the term of element i to lane i % norm_lanes.
  template <class Term, class T>
  Lanes& add(const T* x, std::size_t size) {
    for (; size >= norm_lanes; size -= norm_lanes, x += norm_lanes)
      repeat<count>([&](auto k) { add<Term, T>(k, Wide::load(x + k * Wide::size)); });
    repeat<count>([&](auto k) {
      if (k * Wide::size < size) add<Term, T>(k, Wide::load_some(x + k * Wide::size, size - k * Wide::size));
    });
    return *this;
  }

  /// The sum of all lanes, in halves.
  double total() const {
    Wide::Batch sum[count];
    repeat<count>([&](auto k) { sum[k] = sum_[k]; });
    add_halves<count / 2>(sum);
    return total_of(sum[0].data);
  }

 private:
  template <std::size_t Half>
  static void add_halves(Wide::Batch* sum) {
    repeat<Half>([&](auto k) { sum[k] += sum[k + Half]; });
    if constexpr (Half > 1) add_halves<Half / 2>(sum);
  }

  template <class Term, class T>
  void add(std::size_t k, const Wide::Batch& x) {
    if constexpr (Term::template exact<T>) sum_[k] += Term::of(x);
    else sum_[k] += Wide::Batch(opaque(Term::of(x).data));
  }

#if defined(__AVX512F__)
  static double total_of(__m512d x) {
    return total_of(_mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd(x, 1)));
  }
#endif
#if defined(__AVX__)
  static double total_of(__m256d x) {
    return total_of(_mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1)));
  }
#endif
#if defined(__SSE2__)
  static double total_of(__m128d x) { return _mm_cvtsd_f64(_mm_add_sd(x, _mm_unpackhi_pd(x, x))); }
#else
  template <class Register>
  static double total_of(const Register& x) {
    double lane[Wide::size];
    Wide::Batch(x).store_unaligned(lane);
    return sum_in_halves(lane);
  }
#endif

  Wide::Batch sum_[count];
};

}  // namespace gradus::backend::inline GRADUS_FLAGS
