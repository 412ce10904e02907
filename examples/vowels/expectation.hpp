// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "hmm.hpp"

namespace vowels {

inline constexpr std::size_t most_states = 8;

/// What a model makes of a text, per letter of it (a space counts as one).
struct Expectation {
  Tables counts;              ///< how often each start, transition and emission is expected to have happened
  double log_likelihood = 0;  ///< natural logarithm
};

namespace detail {

template <std::size_t N>
using Row = std::array<double, N>;

/// Tables in the layout the sweeps want: the number of states fixed, so that loops over them unroll, and the
/// emissions by symbol, so that a symbol reads one row.
template <std::size_t N>
struct Chain {
  Row<N> initial{};
  std::array<Row<N>, N> transition{};
  std::array<Row<N>, alphabet> emission{};
};

/// Where the sweep from the left stood: how likely is the text so far, ending in each state.
template <std::size_t N>
struct Moment {
  Row<N> alpha;
  double scale;  ///< what alpha was multiplied by here
};

template <std::size_t N>
struct Trellis {
  std::unique_ptr<Moment<N>[]> moments;
  double log_likelihood = 0;
};

template <std::size_t N>
Chain<N> chain_of(const Tables& model) {
  Chain<N> chain;
  for (std::size_t i = 0; i < N; ++i) {
    chain.initial[i] = model.initial(i);
    for (std::size_t j = 0; j < N; ++j) chain.transition[i][j] = model.transition(i, j);
    for (std::size_t k = 0; k < alphabet; ++k) chain.emission[k][i] = model.emission(i, k);
  }
  return chain;
}

template <std::size_t N>
Tables tables_of(const Chain<N>& chain) {
  Tables tables = zeros(N);
  for (std::size_t i = 0; i < N; ++i) {
    tables.initial(i) = chain.initial[i];
    for (std::size_t j = 0; j < N; ++j) tables.transition(i, j) = chain.transition[i][j];
    for (std::size_t k = 0; k < alphabet; ++k) tables.emission(i, k) = chain.emission[k][i];
  }
  return tables;
}

/// Left to right. Scales only when the numbers have become small: a division and a logarithm for every symbol would
/// take as long as all the rest. The last symbol always scales, which makes the final sum, and so every posterior, one.
template <std::size_t N>
Trellis<N> forward(const Chain<N>& chain, std::span<const std::uint8_t> text) {
  constexpr double small = 1e-100;
  Trellis<N> trellis{std::make_unique_for_overwrite<Moment<N>[]>(text.size())};
  Row<N> reach = chain.initial;
  for (std::size_t t = 0; t < text.size(); ++t) {
    Moment<N>& now = trellis.moments[t];
    const Row<N>& emission = chain.emission[text[t]];
    double sum = 0;
    for (std::size_t i = 0; i < N; ++i) sum += reach[i] *= emission[i];
    now.scale = 1;
    if (sum < small || t + 1 == text.size()) {
      now.scale = 1 / sum;
      trellis.log_likelihood += std::log(sum);
      for (auto& x : reach) x *= now.scale;
    }
    now.alpha = reach;
    reach = {};
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) reach[j] += now.alpha[i] * chain.transition[i][j];
  }
  return trellis;
}

/// Right to left, counting on the way. The transition matrix is a factor of every count of a transition, so it is
/// multiplied in once, at the end.
template <std::size_t N>
Chain<N> backward(const Chain<N>& chain, std::span<const std::uint8_t> text, const Trellis<N>& trellis) {
  Chain<N> counts;
  Row<N> beta;  // how likely is the rest of the text, from each state
  beta.fill(1);
  for (std::size_t t = text.size(); t-- > 0;) {
    const Moment<N>& now = trellis.moments[t];
    const Row<N>& emission = chain.emission[text[t]];
    Row<N> posterior, enter;
    for (std::size_t i = 0; i < N; ++i) {
      posterior[i] = now.alpha[i] * beta[i];
      counts.emission[text[t]][i] += posterior[i];
      enter[i] = emission[i] * beta[i] * now.scale;
    }
    if (t == 0) {
      counts.initial = posterior;
      break;
    }
    const Row<N>& before = trellis.moments[t - 1].alpha;
    beta = {};
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) {
        counts.transition[i][j] += before[i] * enter[j];
        beta[i] += chain.transition[i][j] * enter[j];
      }
  }
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) counts.transition[i][j] *= chain.transition[i][j];
  return counts;
}

template <std::size_t N>
Expectation sweep(const Tables& model, std::span<const std::uint8_t> text) {
  const auto chain = chain_of<N>(model);
  const auto trellis = forward(chain, text);
  const double share = 1 / static_cast<double>(text.size());
  Expectation result{tables_of(backward(chain, text, trellis)), trellis.log_likelihood * share};
  for_each_row([&](std::span<double> row) { for (auto& x : row) x *= share; }, result.counts);
  return result;
}

}  // namespace detail

/// The forward-backward recursion: what both Baum-Welch and the gradient are made of.
inline Expectation expectation(const Tables& model, std::span<const std::uint8_t> text) {
  Expectation result;
  const auto run = [&]<std::size_t... N>(std::index_sequence<N...>) {
    return ((states_of(model) == N + 1 && (result = detail::sweep<N + 1>(model, text), true)) || ...);
  };
  if (!run(std::make_index_sequence<most_states>{}))
    throw std::invalid_argument{"expectation: a model has 1 to " + std::to_string(most_states) + " states"};
  return result;
}

}  // namespace vowels
