// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/flags.hpp>
#include <gradus/backend/targets.hpp>

#include <concepts>
#include <cstddef>

namespace gradus::backend::inline GRADUS_FLAGS {

using namespace detail;

/// SIMD over contiguous memory, as wide as the processor allows, whatever the compiler's flags: what is worth a call is
/// run by code for the target that `target()` names, the rest by `Flags`. All of them round alike.
struct Simd : Flags {
  static constexpr const char* name = "simd";

  template <class Chain, class T, class Stored>
  static void run(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar, bool down = false,
                  std::size_t first = 0) {
    if constexpr (on_target<T, Stored>)
      if (size - first >= worth_a_call<T> && Targets::has_one())
        return with_copies<Chain>(at, scalar, [&](const auto& there, const T* constant) {
          Targets::run<Chain>(there, size, constant, down, first);
        });
    Flags::run<Chain>(at, size, scalar, down, first);
  }

  template <class Term, class T>
  static void set_lanes(const T* x, std::size_t size, double* lane) {
    const std::size_t first = add_rows<Term>(x, size, lane, true);
    if (first == 0) Flags::set_lanes<Term>(x, size, lane);
    else if (first != size) Flags::add_lanes<Term>(x + first, size - first, lane);
  }
  template <class Term, class T>
  static void add_lanes(const T* x, std::size_t size, double* lane) {
    const std::size_t first = add_rows<Term>(x, size, lane, false);
    if (first != size) Flags::add_lanes<Term>(x + first, size - first, lane);
  }
  template <class Term, class T>
  static double sum_of_block(const T* x, std::size_t size) {
    if constexpr (Targets::any && in_registers<T>)
      if (size >= norm_lanes && Targets::has_one()) return Targets::sum_of_block<Term>(x, size);
    return Flags::sum_of_block<Term>(x, size);
  }

  template <class T>
  static BitsOf<T> largest(const T* x, std::size_t size) {
    if constexpr (Targets::any && in_registers<T>)
      if (size >= worth_a_call<T> && Targets::has_one()) return Targets::largest(x, size);
    return Flags::largest(x, size);
  }

 protected:
  // Calls f(streams, scalars) with copies made member by member: only these are written to memory for the call, and all
  // other code can keep the originals in registers.
  template <class Chain, class T, class Stored, class F>
  static void with_copies(const Streams<T, Stored, Chain::slot_count>& at, const T* scalar, F f) {
    Streams<T, Stored, Chain::slot_count> there;
    const T* gradient = at.gradient;
    asm("" : "+r"(gradient));  // else g++ copies two pointers at once, which forces both into memory
    there.parameter = at.parameter, there.gradient = gradient, there.out = at.out, there.lanes = at.lanes;
    there.drawn = at.drawn;
    repeat<Chain::slot_count>([&](auto s) { there.slot[s] = at.slot[s]; });
    T constant[Chain::scalar_count + 1];
    if constexpr (Chain::scalar_count == 0) constant[0] = T{};
    repeat<Chain::scalar_count>([&](auto k) { constant[k] = scalar[k]; });
    f(there, constant);
  }

 private:
  // The widest register: anything shorter is done before a call would begin.
  template <class T>
  static constexpr std::size_t worth_a_call = 64 / sizeof(T);

  template <class T, class Stored>
  static constexpr bool on_target =
      Targets::any && in_registers<T> && (std::same_as<Stored, float> || std::same_as<Stored, double>);

  template <class Term, class T>
  static std::size_t add_rows(const T* x, std::size_t size, double* lane, bool fresh) {
    if constexpr (Targets::any && in_registers<T>)
      if (size >= norm_lanes && Targets::has_one()) return Targets::add_rows<Term>(x, size, lane, fresh);
    return 0;
  }
};

}  // namespace gradus::backend::inline GRADUS_FLAGS
