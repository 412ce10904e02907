// refused: a callback takes the point where the drive stands, a const gradus::Progress&
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
#ifdef TWIN
  const gradus::DriveOptions options{.callback = [](const gradus::Progress&) {}};
#else
  const gradus::DriveOptions options{.callback = [](int, double) { return false; }};
#endif
}
