// SPDX-License-Identifier: MIT
// A generative adversarial net (Goodfellow et al., 2014): one net makes points of noise, the other tells them from true
// ones, which lie around eight places on a circle. Where they come to lie is compared with the true density.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cstdio>
#include <functional>
#include <random>
#include <string>

#include "net.hpp"
#include "use.hpp"

namespace {

using arma::mat, arma::uword, arma::vec, use::Net;

constexpr uword places = 8, noise = 8, batch = 128, shown = 20000, cells = 8;
constexpr double spread = 0.2;  // around a place
constexpr double edge = 2;      // of the square that is cut into cells

const arma::rowvec angles = 2 * arma::datum::pi / places * arma::regspace<arma::rowvec>(0, places - 1);
const mat centres = arma::join_cols(arma::cos(angles), arma::sin(angles));

mat truth(std::mt19937_64& random, uword count) {
  mat points = spread * use::normals(random, 2, count);
  return points.each_col([&](vec& point) { point += centres.col(random() % places); });
}

// Each cell's share of some points, and its share of a mixture around some places.
mat share(const mat& points) {
  mat counts(cells, cells);
  points.each_col([&](const vec& point) {
    const vec cell = arma::clamp((point + edge) * (cells / (2 * edge)), 0, cells - 1);
    ++counts(static_cast<uword>(cell(0)), static_cast<uword>(cell(1)));
  });
  return counts / arma::accu(counts);
}
mat true_share(const mat& middles) {
  const mat borders = arma::repmat(arma::linspace(-edge, edge, cells + 1), 1, middles.n_cols);
  const mat x = arma::diff(arma::normcdf((borders.each_row() - middles.row(0)) / spread));
  const mat y = arma::diff(arma::normcdf((borders.each_row() - middles.row(1)) / spread));
  return x * y.t() / arma::accu(x * y.t());
}

double distance(const mat& shares) { return arma::accu(arma::abs(shares - true_share(centres))) / 2; }

// Some points and some noise, drawn anew in every round.
struct Game {
  std::mt19937_64 random{1};
  mat real = truth(random, batch), seeds = use::normals(random, noise, batch);

  // The judge wants to be right about true points and made ones.
  double judge(const Net& judge, const Net& maker, Net& gradient) const {
    const auto judged = forward(judge, arma::join_rows(real, forward(maker, seeds).out));
    const use::Likelihood right(judged.out, arma::join_rows(arma::ones(1, batch), -arma::ones(1, batch)));
    return gradient = backward(judge, judged, right.slope).gradient, right.value;
  }
  // The maker wants the judge to take its points for true.
  double maker(const Net& judge, const Net& maker, Net& gradient) const {
    const auto made = forward(maker, seeds), judged = forward(judge, made.out);
    const use::Likelihood fooled(judged.out, arma::ones(1, batch));
    return gradient = backward(maker, made, backward(judge, judged, fooled.slope).in).gradient, fooled.value;
  }
};

// Optimistic, as the two pull against each other; with a falling rate and averaged, as each round has its own points.
auto composition(double rate) {
  using namespace gradus;
  return Optimizer{CorrectedAdaptive{.beta = 0.99}, Optimistic{}, LearningRate{rate}, InverseTime{.rate = 0.002},
                   MovingAverage{.decay = 0.998}};
}

void play(use::Report& report, const std::string& folder) {
  Game game;
  Net judge = use::make_net(game.random, 2, 32, 1), maker = use::make_net(game.random, noise, 32, 2);
  const mat seeds = use::normals(game.random, noise, shown), before = forward(maker, seeds).out;
  const auto judging = composition(0.02), making = composition(0.004);
  gradus::State state = making.init(maker);
  gradus::play({.steps = 6000, .callback = [&](const auto&) { return game = Game{game.random}, false; }},
               gradus::maximizer(judge, std::bind_front(&Game::judge, &game), judging),
               gradus::maximizer(maker, std::bind_front(&Game::maker, &game), making, state));
  const mat points = forward(averages(making, maker, state).values(), seeds).out, real = truth(game.random, shown);

  std::printf("distance from the truth: untrained %.3f, one place missed %.3f, as many true points %.3f\n",
              distance(share(before)), distance(true_share(centres.tail_cols(places - 1))), distance(share(real)));
  report.near("total variation distance", distance(share(points)), 0.06);
  for (uword k = 0; k < places; ++k) {
    const mat away = arma::sqrt(arma::sum(arma::square(points.each_col() - centres.col(k))));
    const uword count = arma::accu(away < arma::norm(centres.col(0) - centres.col(1)) / 2);
    report.holds("a third of its share near place " + std::to_string(k), 3 * places * count > shown);
  }

  use::draw("gan", folder, [&](auto& out) { arma::join_cols(real, points).t().eval().raw_print(out); });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
