// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/tensor.hpp>

#include <type_traits>

namespace gradus {

/// The types in which numbers other than the parameters are stored: `Slots` for a state, `Gradients` for a gradient in
/// memory. `void` is the parameter's own. The arithmetic is always the parameter's; numbers are converted by
/// `static_cast` when loaded and stored, so any type that converts both ways will do.
///
///     auto state = optimizer.init(theta, gradus::Storage<float>{});    // doubles, with slots of half the memory
template <class Slots = void, class Gradients = void>
struct Storage {
  template <class Element>
  using slot = std::conditional_t<std::is_void_v<Slots>, arithmetic_t<Element>, typename real_part<Slots>::type>;

  using slots = Slots;
  using gradients = Gradients;
};

}  // namespace gradus
