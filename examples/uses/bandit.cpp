// SPDX-License-Identifier: MIT
// A bandit with ten arms: a softmax policy learns by REINFORCE, which sees nothing but the reward of the arm it pulled.
// Which arm is best is known from the means that the rewards are drawn around.
#include <gradus/optimizer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

using Arms = std::vector<double>;  // a number for each arm

constexpr std::size_t arms = 10;
constexpr std::int64_t episodes = 100000, noted = 25;

std::size_t highest(const Arms& values) {
  return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
}

Arms softmax(const Arms& logits) {
  Arms chances;
  double sum = 0;
  for (const double logit : logits) sum += chances.emplace_back(std::exp(logit - logits[highest(logits)]));
  for (double& chance : chances) chance /= sum;
  return chances;
}

// The testbed of Sutton and Barto: means drawn from a normal distribution, rewards drawn around them.
struct Bandit {
  std::mt19937_64 random;
  Arms means = Arms(arms);
  double baseline = 0, pulls = 0;

  explicit Bandit(std::uint64_t seed) : random(seed) {
    std::normal_distribution<double> normal;
    for (double& mean : means) mean = normal(random);
  }

  // Pulls an arm. The gradient of the logarithm of its chance, weighted by how far the reward is above the mean of
  // those before it, is on average the gradient of the expected reward (Williams, 1992).
  double operator()(const Arms& logits, Arms& gradient) {
    const Arms chances = softmax(logits);
    const auto arm = std::discrete_distribution<std::size_t>(chances.begin(), chances.end())(random);
    const double reward = std::normal_distribution(means[arm])(random), surplus = reward - baseline;
    baseline += surplus / ++pulls;
    for (std::size_t k = 0; k < arms; ++k) gradient[k] = surplus * ((k == arm) - chances[k]);
    return reward;
  }
};

// The chance of the best arm while it is learned.
std::vector<double> learn(Bandit bandit) {
  // The clip holds down what a single lucky reward can do; the small rate averages over many.
  const gradus::Optimizer optimizer{gradus::ClipNorm{.norm = 2}, gradus::LearningRate{.rate = 0.02}};
  const std::size_t best = highest(bandit.means);
  Arms logits(arms);
  std::vector<double> way;
  const auto note = [&](const gradus::Progress& at) {
    if (at.steps % noted == 0) way.push_back(softmax(logits)[best]);
    return false;
  };
  gradus::maximize(bandit, logits, optimizer, {.steps = episodes, .callback = note});
  return way;
}

void play(use::Report& report, const std::string& folder) {
  std::vector<std::vector<double>> ways;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Bandit bandit(seed);
    const auto& way = ways.emplace_back(learn(bandit));
    report.near("bandit " + std::to_string(seed) + ", arm " + std::to_string(highest(bandit.means)) +
                    " is best: its chance, from 1",
                1 - way.back(), 0.01);
  }

  use::draw("bandit", folder, [&](std::ostream& out) {
    for (const auto& way : ways) {
      for (std::size_t i = 1; i < way.size(); i += 1 + i / 40) out << i * std::size_t{noted} << " " << way[i] << "\n";
      out << "\n\n";
    }
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
