// refused: a callback is copied, and of this one the copy would be what sees the run; pass std::ref(it)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <functional>

int main() {
  gradus::Diagnose watch;
#ifdef TWIN
  const gradus::DriveOptions options{.callback = std::ref(watch)};
#else
  const gradus::DriveOptions options{.callback = watch};
#endif
}
