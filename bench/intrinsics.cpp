// SPDX-License-Identifier: MIT
// The rivals in intrinsics, fused, with the norm summed in double in many parallel sums; once without and once with
// every array prefetched, which helps some processors and hinders others. And the bare streams.
#include "rivals.hpp"
#include "streams.hpp"
#include "wide.hpp"

#include <algorithm>
#include <cmath>

namespace rival {

namespace {

constexpr std::size_t ahead = 384;  // floats, 1.5 KiB

template <class W, bool Prefetch, class... Array>
void prefetch(std::size_t at, Array... array) {
  if constexpr (Prefetch) (W::prefetch(array + at + ahead), ...);
}

double sum_of_squares(const float* x, std::size_t size) {
  std::size_t at = 0;
  double sum = 0;
#if defined(__AVX512F__)
  if (size >= 32) {
    __m512d lane[4]{};
    for (; at + 32 <= size; at += 32)
      for (std::size_t k = 0; k < 4; ++k) {
        const __m512d y = _mm512_cvtps_pd(_mm256_loadu_ps(x + at + 8 * k));
        lane[k] = _mm512_fmadd_pd(y, y, lane[k]);
      }
    sum = _mm512_reduce_add_pd(_mm512_add_pd(_mm512_add_pd(lane[0], lane[1]), _mm512_add_pd(lane[2], lane[3])));
  }
#elif defined(__AVX2__) && defined(__FMA__)
  if (size >= 16) {
    __m256d lane[4]{};
    for (; at + 16 <= size; at += 16)
      for (std::size_t k = 0; k < 4; ++k) {
        const __m256d y = _mm256_cvtps_pd(_mm_loadu_ps(x + at + 4 * k));
        lane[k] = _mm256_fmadd_pd(y, y, lane[k]);
      }
    const __m256d all = _mm256_add_pd(_mm256_add_pd(lane[0], lane[1]), _mm256_add_pd(lane[2], lane[3]));
    alignas(32) double part[4];
    _mm256_store_pd(part, all);
    sum = (part[0] + part[1]) + (part[2] + part[3]);
  }
#endif
  for (; at < size; ++at) sum += static_cast<double>(x[at]) * x[at];
  return sum;
}

template <bool Prefetch, bool Scaled>
void adam_scaled(Optimizer& o, float scale) {
  o.factor_power = Optimizer::next_power(o.factor_power, o.factor);
  o.beta_power = Optimizer::next_power(o.beta_power, o.beta);
  const auto rate = static_cast<float>(o.rate / (1 - o.factor_power));
  const auto correction = static_cast<float>(1 / std::sqrt(1 - o.beta_power));
  float *const p = o.parameter, *const v = o.velocity, *const s = o.second;
  const float* const gradient = o.gradient;
  wide::for_each_width(o.size, [&]<class W>(W, std::size_t at, std::size_t end) {
    const auto factor = W::all(static_cast<float>(o.factor)), gain = W::all(static_cast<float>(1 - o.factor));
    const auto beta = W::all(static_cast<float>(o.beta)), beta_gain = W::all(static_cast<float>(1 - o.beta));
    const auto epsilon = W::all(static_cast<float>(o.epsilon)), scales = W::all(scale);
    const auto rates = W::all(rate), corrections = W::all(correction);
    for (; at < end; at += W::width) {
      prefetch<W, Prefetch>(at, p, gradient, v, s);
      auto g = W::load(gradient + at);
      if constexpr (Scaled) g = W::mul(g, scales);
      const auto first = W::fma(factor, W::load(v + at), W::mul(gain, g));
      const auto second = W::fma(beta, W::load(s + at), W::mul(W::mul(beta_gain, g), g));
      const auto update = W::div(W::mul(rates, first), W::fma(W::sqrt(second), corrections, epsilon));
      W::store(v + at, first), W::store(s + at, second);
      W::store(p + at, W::add(W::load(p + at), update));
    }
  });
}

template <bool Prefetch>
void momentum(Optimizer& o) {
  float *const p = o.parameter, *const v = o.velocity;
  const float* const g = o.gradient;
  wide::for_each_width(o.size, [&]<class W>(W, std::size_t at, std::size_t end) {
    const auto factor = W::all(static_cast<float>(o.factor)), rate = W::all(static_cast<float>(o.rate));
    for (; at < end; at += W::width) {
      prefetch<W, Prefetch>(at, p, g, v);
      const auto velocity = W::fma(factor, W::load(v + at), W::load(g + at));
      W::store(v + at, velocity);
      W::store(p + at, W::fma(rate, velocity, W::load(p + at)));
    }
  });
}

template <bool Prefetch>
void adam_clip_norm(Optimizer& o) {
  const double norm = std::sqrt(sum_of_squares(o.gradient, o.size));
  adam_scaled<Prefetch, true>(o, static_cast<float>(std::min(1.0, o.largest_norm / norm)));
}

template <bool Prefetch>
void chain(Optimizer& o) {
  const auto now = static_cast<float>(o.next_rate());
  float *const p = o.parameter, *const v = o.velocity, *const s = o.second;
  const float* const gradient = o.gradient;
  wide::for_each_width(o.size, [&]<class W>(W, std::size_t at, std::size_t end) {
    const auto high = W::all(static_cast<float>(o.clip)), low = W::all(static_cast<float>(-o.clip));
    const auto factor = W::all(static_cast<float>(o.factor)), epsilon = W::all(static_cast<float>(o.epsilon));
    const auto beta = W::all(static_cast<float>(o.beta)), beta_gain = W::all(static_cast<float>(1 - o.beta));
    const auto rate = W::all(now);
    for (; at < end; at += W::width) {
      prefetch<W, Prefetch>(at, p, gradient, v, s);
      const auto g = W::max(W::min(W::load(gradient + at), high), low);
      const auto first = W::fma(factor, W::load(v + at), g);
      const auto second = W::fma(beta, W::load(s + at), W::mul(W::mul(beta_gain, g), g));
      const auto update = W::div(W::mul(rate, W::fma(factor, first, g)), W::add(W::sqrt(second), epsilon));
      W::store(v + at, first), W::store(s + at, second);
      W::store(p + at, W::add(W::load(p + at), update));
    }
  });
}

}  // namespace

namespace intrinsics {
void momentum(Optimizer& o) { rival::momentum<false>(o); }
void adam(Optimizer& o) { adam_scaled<false, false>(o, 1); }
void adam_clip_norm(Optimizer& o) { rival::adam_clip_norm<false>(o); }
void chain(Optimizer& o) { rival::chain<false>(o); }
}  // namespace intrinsics

namespace prefetched {
void momentum(Optimizer& o) { rival::momentum<true>(o); }
void adam(Optimizer& o) { adam_scaled<true, false>(o, 1); }
void adam_clip_norm(Optimizer& o) { rival::adam_clip_norm<true>(o); }
void chain(Optimizer& o) { rival::chain<true>(o); }
}  // namespace prefetched

namespace stream {

namespace {

template <class... Array>
void pass(const Optimizer& o, Array... written) {
  bench::stream<1, 1, sizeof...(Array)>(o.size, {o.gradient}, {written...});
}

}  // namespace

void momentum(Optimizer& o) { pass(o, o.parameter, o.velocity); }
void adam(Optimizer& o) { pass(o, o.parameter, o.velocity, o.second); }
void adam_clip_norm(Optimizer& o) { pass(o), adam(o); }
void chain(Optimizer& o) { adam(o); }

}  // namespace stream

}  // namespace rival
