// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

namespace bench {

/// What the command line says.
struct Options {
  std::size_t largest = std::size_t{64} << 20, layouts = 7, rounds = 7;
  double seconds = 0.0003;
  std::string only, json;
};

}  // namespace bench
