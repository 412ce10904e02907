// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/processor.hpp>

#include <doctest/doctest.h>

namespace support {

/// Calls f() once for every target that this processor supports.
template <class F>
void for_each_target(F f) {
  using namespace gradus::backend;
  const Target before = target();
  for (const Target target : {Target::flags, Target::avx2, Target::avx512}) {
    if (!has(target)) continue;
    INFO("target: ", name_of(target));
    take(target);
    f();
  }
  take(before);
}

}  // namespace support
