// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>

namespace support {

/// A 16-bit number: the upper half of a float (bfloat16, rounded towards zero).
struct Upper {
  std::uint16_t bits = 0;

  Upper() = default;
  constexpr explicit Upper(float x) : bits(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(x) >> 16)) {}
  constexpr explicit Upper(double x) : Upper(static_cast<float>(x)) {}
  constexpr explicit operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
  constexpr explicit operator double() const { return static_cast<float>(*this); }
};

}  // namespace support
