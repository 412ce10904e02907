// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "expectation.hpp"
#include "learned.hpp"

namespace vowels {

/// The model under which the counted events are most likely: each row in proportion to its counts.
inline Tables maximization(Tables counts) {
  for_each_row([](std::span<double> row) { normalize(row); }, counts);
  return counts;
}

/// The classic that gradient ascent is compared with: count, then fit the counts, until a round gains next to nothing.
inline Learned baum_welch(Tables model, std::span<const std::uint8_t> text, double least_gain = 1e-9,
                          std::size_t most_rounds = 5000) {
  Curve curve;
  for (std::size_t round = 0; round < most_rounds; ++round) {
    auto [counts, log_likelihood] = expectation(model, text);
    const bool converged = !curve.empty() && log_likelihood - curve.back() < least_gain;
    curve.push_back(log_likelihood);
    if (converged) break;
    model = maximization(std::move(counts));
  }
  return {std::move(model), std::move(curve)};
}

}  // namespace vowels
