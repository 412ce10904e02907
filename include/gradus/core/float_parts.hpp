// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/opaque.hpp>

namespace gradus::detail {

/// A number's shape: the type it is calculated in, and the type of its bits.
template <class T>
struct NumberShape {
  using Value = T;
  using Bits = BitsOf<T>;
};

#include <gradus/core/float_parts.inc>

}  // namespace gradus::detail
