// SPDX-License-Identifier: MIT
#include "compositions/composed.hpp"

[[maybe_unused]] static const bool added = compositions::add_subsets<6, 8>();
