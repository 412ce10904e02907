// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/gradus.hpp>

#include <boost/hana/define_struct.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <span>

#include "text.hpp"

namespace vowels {

/// The three tables of a hidden Markov model; every row is one distribution. The same shape holds what the optimizer
/// moves (logits), the probabilities they stand for, the counts expected under these, and the gradient.
struct Tables {
  BOOST_HANA_DEFINE_STRUCT(Tables,
                           (xt::xtensor<double, 1>, initial),     // state of the first symbol
                           (xt::xtensor<double, 2>, transition),  // from state (row) to state
                           (xt::xtensor<double, 2>, emission));   // from state (row) to symbol
};

inline std::size_t states_of(const Tables& tables) { return tables.initial.size(); }

inline Tables zeros(std::size_t states) {
  return {xt::xtensor<double, 1>({states}, 0.0), xt::xtensor<double, 2>({states, states}, 0.0),
          xt::xtensor<double, 2>({states, alphabet}, 0.0)};
}

/// Row i of a table, in place.
auto row_of(auto& table, std::size_t i) {
  const std::size_t width = table.shape().back();
  return std::span{table.data() + i * width, width};
}

/// Calls f once per distribution, with that row of every set of tables given.
template <class F, class... Sets>
void for_each_row(F f, Sets&... tables) {
  const std::size_t states = std::min({states_of(tables)...});
  f(row_of(tables.initial, 0)...);
  for (std::size_t i = 0; i < states; ++i) f(row_of(tables.transition, i)...);
  for (std::size_t i = 0; i < states; ++i) f(row_of(tables.emission, i)...);
}

/// Scales a row to sum to one; a row of zeros (a state that is never entered) becomes uniform.
inline void normalize(std::span<double> row) {
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);
  for (auto& x : row) x = sum > 0 ? x / sum : 1.0 / static_cast<double>(row.size());
}

/// The probabilities that logits stand for, whatever their values: this is what frees the optimizer of constraints.
inline Tables softmax(const Tables& logits) {
  Tables model = logits;
  for_each_row(
      [](std::span<double> row) {
        const double top = *std::max_element(row.begin(), row.end());
        for (auto& x : row) x = std::exp(x - top);
        normalize(row);
      },
      model);
  return model;
}

/// The slope of the log-likelihood along the logits: what was counted less what the model foresaw.
inline Tables gradient(const Tables& counts, const Tables& model) {
  Tables slope = counts;
  for_each_row(
      [](std::span<double> count, std::span<const double> foreseen) {
        const double visits = std::accumulate(count.begin(), count.end(), 0.0);
        for (std::size_t i = 0; i < count.size(); ++i) count[i] -= visits * foreseen[i];
      },
      slope, model);
  return slope;
}

/// A start for both algorithms, the same on every platform: every state emits the letters as often as the text has
/// them and goes to every state equally often, up to a random difference, without which nothing would ever pull the
/// states apart.
inline Tables start_logits(std::size_t states, std::span<const std::uint8_t> text, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  const auto scatter = [&](auto& table, double spread) {
    for (auto& x : table) x = spread * (static_cast<double>(random() >> 11) * 0x1p-52 - 1);
  };
  Tables logits = zeros(states);
  scatter(logits.initial, 1);
  scatter(logits.transition, 1);
  scatter(logits.emission, 0.5);
  std::array<double, alphabet> times;
  times.fill(1);  // a symbol that the text lacks still has a logarithm
  for (const auto symbol : text) ++times[symbol];
  for (std::size_t i = 0; i < states; ++i)
    for (std::size_t k = 0; k < alphabet; ++k) logits.emission(i, k) += std::log(times[k]);
  return logits;
}

}  // namespace vowels
