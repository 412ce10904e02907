// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>

namespace gradus {

/// The same value, of which the compiler no longer knows that it is a product: g++ contracts a * b + c to a fused
/// multiply-add wherever the target has one, across statements and intrinsics, which changes the result's bits with
/// the instruction set. Costs no instruction.
template <class Register>
[[gnu::always_inline]] constexpr Register opaque(Register x) {
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

}  // namespace gradus
