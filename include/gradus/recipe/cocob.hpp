// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/coin_betting.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of COCOB, by the paper's names and with its defaults.
struct Cocob {
  double alpha = 100;
  double eps = 1e-8;  ///< the largest gradient assumed at first
};

/// COCOB (Orabona and Tommasi, 2017): coin betting instead of a rate; `CoinBetting` has the formula.
template <Cocob With = Cocob{}>
constexpr auto cocob(const Cocob& values = With) {
  return compose<With>(CoinBetting{values.alpha, values.eps});
}

}  // namespace gradus::recipe
