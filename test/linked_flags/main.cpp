// SPDX-License-Identifier: MIT
// Sources of one program that were compiled with different flags keep their own code and compute the same results.
#include "part.hpp"

#include <cstdio>

int main() {
  if (!gradus::backend::has(gradus::backend::Target::avx2)) return 77;  // skipped
  const Part plain = plain_part(), wide = wide_part();
  const bool apart = plain.step != wide.step, same = plain.climb() == wide.climb();
  if (!apart) std::puts("the linker took the step of one source for both");
  if (!same) std::puts("the sources calculate different numbers");
  return apart && same ? 0 : 1;
}
