// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/number.hpp>

#include <concepts>
#include <type_traits>

namespace gradus {

namespace detail {

template <class Register>
[[gnu::always_inline]] constexpr Register hidden(Register x) {
  if (!std::is_constant_evaluated()) {
#if defined(__AVX512F__)
    asm("" : "+v"(x));
#elif defined(__SSE2__)
    asm("" : "+x"(x));
#elif defined(__aarch64__)
    asm("" : "+w"(x));
#elif defined(__GNUC__)
    asm("" : "+g"(x));
#endif
  }
  return x;
}

}  // namespace detail

/// The same value, but the compiler no longer knows that it is a product. g++ contracts a * b + c to a fused
/// multiply-add wherever the target has one, across statements and intrinsics, so that the result's bits would depend
/// on the instruction set. Costs no instruction.
template <class Register>
  requires(!std::floating_point<Register>)
[[gnu::always_inline]] constexpr Register opaque(Register x) {
  return detail::hidden(x);
}

/// The same for a number. A device's compiler contracts all the same; there `lone_product` prevents it.
template <std::floating_point T>
[[gnu::always_inline]] GRADUS_DEVICE constexpr T opaque(T x) {
#ifdef __CUDA_ARCH__
  return x;
#else
  if constexpr (sizeof(T) > 8) return x;  // a `long double` is in no register that multiplies and adds
  else return detail::hidden(x);
#endif
}

/// x * y, rounded on its own, whatever sum follows; custom numbers round as they do.
template <CustomNumber N>
constexpr N lone_product(const N& x, const N& y) {
  return x * y;
}
template <std::floating_point T>
[[gnu::always_inline]] GRADUS_DEVICE constexpr T lone_product(T x, T y) {
#ifdef __CUDA_ARCH__
  if constexpr (sizeof(T) == 4) return __fmul_rn(x, y);
  else return __dmul_rn(x, y);
#else
  return opaque(x * y);
#endif
}

}  // namespace gradus
