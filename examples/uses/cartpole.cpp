// SPDX-License-Identifier: MIT
// A pole on a cart (Barto, Sutton and Anderson, 1983), balanced by a policy that REINFORCE learns from how long it
// stood. It must reach the goal of the benchmark of that name: 195 of at most 200 steps, averaged over 100 episodes.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

constexpr unsigned most_steps = 200, most_episodes = 600, window = 100;
constexpr double goal = 195, most_angle = 12 * std::numbers::pi / 180;

struct CartPole {
  double place, speed, angle, turning;  // in metres and radians, and both per second

  bool stands() const { return std::abs(place) <= 2.4 && std::abs(angle) <= most_angle; }
  arma::vec seen() const { return {place / 2.4, speed / 2, angle / most_angle, turning / 2}; }  // of the order of one

  void push(double force) {
    constexpr double gravity = 9.8, cart = 1, pole = 0.1, half_length = 0.5, both = cart + pole, seconds = 0.02;
    const double sine = std::sin(angle), cosine = std::cos(angle);
    const double thrust = (force + pole * half_length * turning * turning * sine) / both;
    const double twist = (gravity * sine - cosine * thrust) / (half_length * (4.0 / 3 - pole * cosine * cosine / both));
    place += seconds * speed, angle += seconds * turning;
    speed += seconds * (thrust - pole * half_length * twist * cosine / both), turning += seconds * twist;
  }
};

struct Episode {
  std::mt19937_64 random;

  // Plays one. A column for each step: the gradient of the logarithm of its choice's chance in the weights.
  arma::mat play(const arma::vec& weights) {
    std::uniform_real_distribution<double> start(-0.05, 0.05), unit;
    CartPole state{start(random), start(random), start(random), start(random)};
    arma::mat slopes(weights.n_elem, most_steps);
    arma::uword step = 0;
    for (; step < most_steps && state.stands(); ++step) {
      const double chance = 1 / (1 + std::exp(-arma::dot(weights, state.seen())));
      const bool right = unit(random) < chance;
      slopes.col(step) = (right - chance) * state.seen();
      state.push(right ? 10 : -10);
    }
    return slopes.head_cols(step);
  }

  // How long the pole stood, and REINFORCE's gradient: a choice is weighted by how much longer the pole stood after
  // it than after the mean choice of the episode, later steps discounted.
  double operator()(const arma::vec& weights, arma::vec& gradient) {
    const arma::mat slopes = play(weights);
    arma::vec returns(slopes.n_cols, arma::fill::ones);
    for (arma::uword t = slopes.n_cols - 1; t-- > 0;) returns(t) += 0.99 * returns(t + 1);
    gradient = slopes * (returns - arma::mean(returns));
    return static_cast<double>(slopes.n_cols);
  }
};

// After each episode, the mean of the last 100 (fewer at first), until it reaches the goal.
std::vector<double> learn(unsigned seed) {
  arma::vec weights(4), stood(window);
  std::vector<double> means;
  const auto solved = [&](const gradus::Progress& at) {
    const auto played = static_cast<unsigned>(at.steps) + 1;
    stood(played % window) = at.value;
    means.push_back(arma::accu(stood) / std::min(window, played));
    return played >= window && means.back() >= goal;
  };
  gradus::maximize(Episode{std::mt19937_64(seed)}, weights, gradus::recipe::adam({.lr = 0.1}),
                   {.steps = most_episodes - 1, .callback = solved});
  return means;
}

void play(use::Report& report, const std::string& folder) {
  std::ostringstream picture;
  int solved = 0;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const std::vector<double> means = learn(seed);
    std::printf("seed %2u: 100 episodes last %.2f steps on average after %zu\n", seed, means.back(), means.size());
    solved += means.back() >= goal;
    for (const double mean : means) picture << mean << "\n";
    picture << "\n\n";
  }
  report.holds("in 9 of 10 seeds 195 within 600 episodes", solved >= 9);
  use::draw("cartpole", folder, [&](auto& out) { out << picture.str(); });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
