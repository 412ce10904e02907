// SPDX-License-Identifier: MIT
#pragma once

#include "../options.hpp"

#include <string>

namespace bench {

/// Prints a row for every recipe: what a step moves by its plan, how near it comes to the limit that memory sets, and
/// how it stands to a plain loop. Returns what `main` does: 1 where a plain loop calculates something else.
int measure_recipes(const Options& options, const std::string& circumstances);

}  // namespace bench
