// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace gradus::backend {

/// An instruction set: that of the compiler's flags, or one detected at run time.
enum class Target : unsigned char { flags, avx2, avx512 };

constexpr std::string_view name_of(Target target) {
  switch (target) {
    case Target::flags: return "flags";
    case Target::avx2: return "avx2";
    case Target::avx512: return "avx512";
  }
  return "target of that number";
}

/// Whether this processor has it, and the operating system saves its registers.
inline bool has(Target target) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
  if (target == Target::avx2) return avx2;
  if (target == Target::avx512)
    return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
#endif
  return target == Target::flags;
}

/// The widest that this processor has.
inline Target widest() {
  return has(Target::avx512) ? Target::avx512 : has(Target::avx2) ? Target::avx2 : Target::flags;
}

/// The target of that name, if this processor has it; the widest without a name or with an empty one.
inline std::optional<Target> target_named(const char* name) {
  if (name == nullptr || *name == 0) return widest();
  for (const Target target : {Target::flags, Target::avx2, Target::avx512})
    if (name_of(target) == name && has(target)) return target;
  return {};
}

/// What the environment asks for. Aborts on a bad name: nobody could catch an exception before `main`.
inline Target target_at_start() {
  const char* const name = std::getenv("GRADUS_TARGET");
  if (const auto target = target_named(name)) return *target;
  std::fprintf(stderr, "gradus: GRADUS_TARGET is \"%s\"; give flags, or avx2 or avx512 where the processor has it\n",
               name);
  std::abort();
}

// While a program starts, until this is initialized, `flags`.
inline Target target_in_force = target_at_start();

/// The target that steps use: the widest that the processor has, or what the environment variable GRADUS_TARGET names.
/// The bits are the same on all.
inline Target target() { return target_in_force; }

/// Uses another target from now on; not to be called while a step runs. Refused if this processor lacks it.
inline void take(Target target) {
  if (!has(target)) refuse({"this processor has no ", name_of(target), "; take a target of which has(target) is true"});
  target_in_force = target;
}

}  // namespace gradus::backend
