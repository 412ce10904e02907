// SPDX-License-Identifier: MIT
#include <gradus/drive/play.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

using namespace gradus;

namespace {

// The game x y: one player ascends along x, the other descends along y; at (0, 0) neither gains by moving alone.
const auto along_x = [](double x, double y, double& gradient) { return gradient = y, x * y; };
const auto along_y = [](double x, double y, double& gradient) { return gradient = x, x * y; };

constexpr double rate = 0.1;
const Optimizer simple{LearningRate{rate}};

template <Moves M, class O>
auto bilinear(double& x, double& y, const O& optimizer, const DriveOptions& options) {
  return play<M>(options, maximizer(x, along_x, optimizer), minimizer(y, along_y, optimizer));
}

// Three firms choose quantities; the price falls by 1 for each unit that any of them sells.
struct Firm {
  std::size_t index;
  double cost;

  double operator()(double a, double b, double c, double& gradient) const {
    const double price = 100 - a - b - c, own = std::array{a, b, c}[index];
    return gradient = price - own - cost, own * (price - cost);
  }
};

using Theta = std::vector<double>;

// A smooth game of two sets of different types, whose players interact in several products.
struct Pair {
  Theta left, right;
};
const auto of_pair = [](const Pair& x, const Theta& y, Pair& gradient) {
  gradient.left[0] = y[0] - x.left[0], gradient.right[0] = std::cos(x.right[0]) * y[1];
  return x.left[0] * y[0] - x.left[0] * x.left[0] / 2 + std::sin(x.right[0]) * y[1];
};
const auto of_theta = [](const Pair& x, const Theta& y, Theta& gradient) {
  gradient = {x.left[0] + y[0], std::sin(x.right[0]) + 4 * y[1]};
  return x.left[0] * y[0] + std::sin(x.right[0]) * y[1] + y[0] * y[0] / 2 + 2 * y[1] * y[1];
};
const Optimizer climbing{Momentum{}, LearningRate{0.05}};
const Optimizer descending{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.02}};

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Refused& refused) {
    return refused.what();
  }
  return "accepted";
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("in the game x y, each order of moves follows its linear map") {
  constexpr int rounds = 50;
  const DriveOptions options{.steps = rounds};
  double x = 3, y = 4;
  SUBCASE("simultaneous steps turn outwards by sqrt(1 + rate^2)") {
    bilinear<Moves::simultaneous>(x, y, simple, options);
    CHECK(std::hypot(x, y) == doctest::Approx(5 * std::pow(1 + rate * rate, rounds / 2.0)).epsilon(1e-13));
  }
  SUBCASE("alternating steps stay on an ellipse") {
    bilinear<Moves::alternating>(x, y, simple, options);
    CHECK(x * x + y * y + rate * x * y == doctest::Approx(25 + rate * 12).epsilon(1e-13));
  }
  SUBCASE("extragradient steps turn inwards by |1 - rate^2 + i rate|") {
    bilinear<Moves::extragradient>(x, y, simple, options);
    const double factor = std::hypot(1 - rate * rate, rate);
    CHECK(std::hypot(x, y) == doctest::Approx(5 * std::pow(factor, rounds)).epsilon(1e-13));
  }
}

TEST_CASE("extragradient and optimistic play converge where plain play diverges") {
  const DriveOptions options{.steps = 20000, .gradient_norm = 1e-9};
  double x = 1, y = 1;
  CHECK(bilinear<Moves::simultaneous>(x, y, simple, {.steps = 2000}).gradient_norm > 1);
  x = y = 1;
  CHECK(bilinear<Moves::extragradient>(x, y, simple, options).reason == Stop::gradient_norm);
  CHECK(std::hypot(x, y) < 1e-9);
  x = y = 1;
  const Optimizer optimistic{Optimistic{}, LearningRate{rate}};
  CHECK(bilinear<Moves::simultaneous>(x, y, optimistic, options).reason == Stop::gradient_norm);
  CHECK(std::hypot(x, y) < 1e-9);
}

TEST_CASE("three firms end at Cournot's equilibrium in every order") {
  // q_i = (100 + sum of costs) / 4 - cost_i
  const auto ends = [](auto moves) {
    double a = 1, b = 20, c = 70;
    const Optimizer optimizer{LearningRate{0.2}};
    const auto end =
        play<decltype(moves)::value>({.steps = 5000, .gradient_norm = 1e-10}, maximizer(a, Firm{0, 10}, optimizer),
                                     maximizer(b, Firm{1, 20}, optimizer), maximizer(c, Firm{2, 30}, optimizer));
    CHECK(end.reason == Stop::gradient_norm);
    CHECK(a == doctest::Approx(30).epsilon(1e-9));
    CHECK(b == doctest::Approx(20).epsilon(1e-9));
    CHECK(c == doctest::Approx(10).epsilon(1e-9));
    CHECK(end.values[0] == doctest::Approx(900).epsilon(1e-9));  // q_i^2
    CHECK(end.values[2] == doctest::Approx(100).epsilon(1e-9));
  };
  ends(std::integral_constant<Moves, Moves::simultaneous>{});
  ends(std::integral_constant<Moves, Moves::alternating>{});
  ends(std::integral_constant<Moves, Moves::extragradient>{});
}

TEST_CASE("a game is the loop that a user would write, bit for bit") {
  Pair x{{1}, {2}}, x_by_hand = x, gx = x;
  Theta y{-1, 3}, y_by_hand = y, gy = y;
  auto states = std::tuple{climbing.init(x), descending.init(y)}, by_hand = states;
  auto& [sx, sy] = by_hand;
  SUBCASE("simultaneous") {
    play({.steps = 20}, maximizer(x, of_pair, climbing, std::get<0>(states)),
         minimizer(y, of_theta, descending, std::get<1>(states)));
    for (int i = 0; i < 20; ++i) {
      of_pair(x_by_hand, y_by_hand, gx), of_theta(x_by_hand, y_by_hand, gy);
      climbing.ascend(x_by_hand, gx, sx), descending.descend(y_by_hand, gy, sy);
    }
  }
  SUBCASE("alternating") {
    play<Moves::alternating>({.steps = 20}, maximizer(x, of_pair, climbing, std::get<0>(states)),
                             minimizer(y, of_theta, descending, std::get<1>(states)));
    for (int i = 0; i < 20; ++i) {
      of_pair(x_by_hand, y_by_hand, gx), climbing.ascend(x_by_hand, gx, sx);
      of_theta(x_by_hand, y_by_hand, gy), descending.descend(y_by_hand, gy, sy);
    }
  }
  SUBCASE("extragradient, whose look-ahead leaves no trace in the states") {
    play<Moves::extragradient>({.steps = 20}, maximizer(x, of_pair, climbing, std::get<0>(states)),
                               minimizer(y, of_theta, descending, std::get<1>(states)));
    for (int i = 0; i < 20; ++i) {
      Pair there = x_by_hand;
      Theta ahead = y_by_hand;
      auto [tx, ty] = by_hand;
      of_pair(x_by_hand, y_by_hand, gx), of_theta(x_by_hand, y_by_hand, gy);
      climbing.ascend(there, gx, tx), descending.descend(ahead, gy, ty);
      of_pair(there, ahead, gx), of_theta(there, ahead, gy);
      climbing.ascend(x_by_hand, gx, sx), descending.descend(y_by_hand, gy, sy);
    }
  }
  CHECK(x.left == x_by_hand.left);
  CHECK(x.right == x_by_hand.right);
  CHECK(y == y_by_hand);
  CHECK(states == by_hand);
}

TEST_CASE("two games in a row with the same states equal one longer game") {
  double x = 1, y = 1, once_x = 1, once_y = 1;
  const Optimizer optimizer{Momentum{}, LearningRate{0.01}};
  auto sx = optimizer.init(x), sy = optimizer.init(y);
  for (int i = 0; i < 2; ++i)
    play({.steps = 10}, maximizer(x, along_x, optimizer, sx), minimizer(y, along_y, optimizer, sy));
  bilinear<Moves::simultaneous>(once_x, once_y, optimizer, {.steps = 20});
  CHECK(x == once_x);
  CHECK(y == once_y);
}

TEST_CASE("each reason to stop, and a callback that sees every payoff") {
  double x = 1, y = 1;
  CHECK(bilinear<Moves::extragradient>(x, y, simple, {.gradient_norm = 0.5}).reason == Stop::gradient_norm);
  CHECK(bilinear<Moves::extragradient>(x, y, simple, {.change = 1e-3}).reason == Stop::change);
  CHECK(bilinear<Moves::extragradient>(x, y, simple, {.steps = 1 << 30, .seconds = 1e-3}).reason == Stop::time);
  x = 2, y = 3;
  std::vector<double> seen;
  const auto watch = [&](const Progress& at) {
    seen.assign(at.values.begin(), at.values.end());
    CHECK(at.value == seen[0]);
    return at.steps == 2;
  };
  const auto end = bilinear<Moves::simultaneous>(x, y, simple, {.callback = watch});
  CHECK(end.reason == Stop::callback);
  CHECK(end.steps == 2);
  CHECK(seen == std::vector{x * y, x * y});
  CHECK(end.gradient_norm == doctest::Approx(std::hypot(x, y)).epsilon(1e-15));
}

TEST_CASE_TEMPLATE("a non-finite payoff ends the game at the last good point", M,
                   std::integral_constant<Moves, Moves::simultaneous>,
                   std::integral_constant<Moves, Moves::alternating>,
                   std::integral_constant<Moves, Moves::extragradient>) {
  // The second player's loss is undefined beyond 2, where the first one's payoff leads it.
  const auto drawn = [](double x, double y, double& gradient) { return gradient = 1 + 0 * y, x; };
  const auto walled = [](double x, double y, double& gradient) { return gradient = y, y * y / 2 + std::sqrt(2 - x); };
  double x = 0.05, y = 1;
  const Optimizer optimizer{Momentum{0.5}, LearningRate{0.3}};
  auto sx = optimizer.init(x), sy = optimizer.init(y);
  const auto end =
      play<M::value>({.steps = 50}, maximizer(x, drawn, optimizer, sx), minimizer(y, walled, optimizer, sy));
  CHECK(end.reason == Stop::non_finite);
  CHECK(x < 2);
  CHECK(end.values[0] == x);
  CHECK(end.values[1] == y * y / 2 + std::sqrt(2 - x));
  CHECK(end.steps > 1);
  CHECK(sx.step() == end.steps);
  CHECK(sy.step() == end.steps);

  double far = 3, still = 1;
  const auto at_once = play<M::value>(maximizer(far, drawn, optimizer), minimizer(still, walled, optimizer));
  CHECK(at_once.reason == Stop::non_finite);
  CHECK(std::isnan(at_once.values[1]));
  CHECK(far == 3);
}

TEST_CASE_TEMPLATE("if a payoff throws, all players are as after the last whole round", M,
                   std::integral_constant<Moves, Moves::simultaneous>,
                   std::integral_constant<Moves, Moves::alternating>,
                   std::integral_constant<Moves, Moves::extragradient>) {
  constexpr int looks = M::value == Moves::simultaneous ? 1 : 2;  // calls of the second player's payoff per round
  for (int last = 1; last <= 6; ++last) {
    CAPTURE(last);
    int calls = 0;
    const auto throwing = [&](double x, double y, double& gradient) {
      if (++calls == last) throw std::runtime_error("no more");
      return along_y(x, y, gradient);
    };
    double x = 1, y = 2, expected_x = 1, expected_y = 2;
    const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
    auto sx = optimizer.init(x), sy = optimizer.init(y);
    CHECK_THROWS_AS(play<M::value>(maximizer(x, along_x, optimizer, sx), minimizer(y, throwing, optimizer, sy)),
                    std::runtime_error);
    const int whole = (last - 1) / looks;
    bilinear<M::value>(expected_x, expected_y, optimizer, {.steps = whole});
    CHECK(x == expected_x);
    CHECK(y == expected_y);
    CHECK(sx.step() == whole);
    CHECK(sy.step() == whole);
  }
}

TEST_CASE("a step that refuses undoes those of the players before it") {
  Theta x{1}, y{1, 2};
  const auto fine = [](const Theta&, const Theta& other, Theta& gradient) { return gradient = {other[0]}, 1.0; };
  const auto shrinks = [](const Theta& other, const Theta&, Theta& gradient) {
    const bool begun = other[0] > 1.25;
    return gradient = Theta(2, 1.0), gradient[1] = begun ? std::nan("") : 1, 1.0;
  };
  const Optimizer guarded{RefuseNonFinite{}, LearningRate{0.1}};
  const auto sentence = refusal([&] { play(maximizer(x, fine, simple), minimizer(y, shrinks, guarded)); });
  CHECK(has(sentence, "is nan at element 1"));
  CHECK(x[0] > 1.25);
  CHECK(x[0] < 1.5);
  const double rounds = std::round((2 - y[1]) / 0.1);
  CHECK(rounds >= 3);
  CHECK(y[0] == doctest::Approx(1 - 0.1 * rounds));
}

TEST_CASE("players with shared parameters and options out of range are refused before anything moves") {
  double x = 1, y = 1;
  auto state = simple.init(x);
  CHECK(has(refusal([&] { play(maximizer(x, along_x, simple), minimizer(x, along_y, simple)); }),
            "players 1 and 2 have the same parameters; give each its own"));
  Pair both{{1}, {2}};
  const auto of_part = [](const Theta&, const Pair&, Theta& gradient) { return gradient = {1}, 1.0; };
  const auto of_both = [](const Theta&, const Pair&, Pair&) { return 1.0; };
  CHECK(has(refusal([&] { play(maximizer(both.right, of_part, simple), minimizer(both, of_both, simple)); }),
            "players 1 and 2 have the same parameters; give each its own"));
  CHECK(has(refusal([&] { play(maximizer(x, along_x, simple, state), minimizer(y, along_y, simple, state)); }),
            "players 1 and 2 have the same state; give each its own"));
  CHECK(has(refusal([&] { bilinear<Moves::simultaneous>(x, y, simple, {.steps = -1}); }), "steps is -1"));
  CHECK(x == 1);
  CHECK(y == 1);
}

TEST_CASE("a skipped step is counted, and the game goes on") {
  int calls = 0;
  const auto sometimes = [&](double x, double y, double& gradient) {
    const double value = along_x(x, y, gradient);
    if (++calls == 3) gradient = std::numeric_limits<double>::infinity();
    return value;
  };
  double x = 1, y = 0;
  const Optimizer guarded{SkipNonFinite{}, LearningRate{0.1}};
  auto state = guarded.init(x);
  const auto end = play({.steps = 10}, maximizer(x, sometimes, guarded, state), minimizer(y, along_y, guarded));
  CHECK(end.reason == Stop::steps);
  CHECK(state.skipped() == 1);
  CHECK(state.step() == 9);
}

TEST_CASE("a game result prints as one line") {
  std::ostringstream out;
  out << PlayResult<2>{.values = {0.5, -0.5}, .steps = 7, .gradient_norm = 0.25, .reason = Stop::change};
  CHECK(out.str() == "values 0.5, -0.5 after 7 steps, gradient norm 0.25; stopped by the change");
}

TEST_CASE_TEMPLATE("a gradient that a payoff does not assign ends the game before its first move", M,
                   std::integral_constant<Moves, Moves::simultaneous>,
                   std::integral_constant<Moves, Moves::alternating>,
                   std::integral_constant<Moves, Moves::extragradient>) {
  const auto forgets = [](const Theta&, const Theta&, Theta&) { return 1.0; };
  const auto fine = [](const Theta&, const Theta&, Theta& gradient) { return gradient = {1}, 1.0; };
  for (const bool first : {true, false}) {
    Theta x{1}, y{1};
    const auto end = first ? play<M::value>(maximizer(x, forgets, simple), minimizer(y, fine, simple))
                           : play<M::value>(maximizer(x, fine, simple), minimizer(y, forgets, simple));
    CHECK(end.reason == Stop::non_finite);
    CHECK(end.steps == 0);
    CHECK(x == Theta{1});
    CHECK(y == Theta{1});
  }
}

TEST_CASE("a payoff that is not finite in the middle of a round ends the game, though it may recover") {
  int calls = 0;
  const auto once = [&](double x, double y, double& gradient) {
    const double value = along_y(x, y, gradient);
    return ++calls == 4 ? std::nan("") : value;  // the second look of the second round
  };
  double x = 1, y = 2, expected_x = 1, expected_y = 2;
  const auto end = play<Moves::alternating>(maximizer(x, along_x, simple), minimizer(y, once, simple));
  bilinear<Moves::alternating>(expected_x, expected_y, simple, {.steps = 1});
  CHECK(end.reason == Stop::non_finite);
  CHECK(end.steps == 1);
  CHECK(x == expected_x);
  CHECK(y == expected_y);
}

TEST_CASE("a game stops by the change once no payoff changes any more") {
  const auto constant = [](double, double, double& gradient) { return gradient = 1, 7.0; };
  const auto falling = [](double, double y, double& gradient) { return gradient = 2 * y, 3 + y * y; };
  double x = 1, y = 1;
  // y^2 shrinks by 0.64 a step: its change is below 1e-3 once 0.36 0.64^k is, at k = 14, in step 15.
  const auto end = play({.change = 1e-3}, maximizer(x, constant, simple), minimizer(y, falling, simple));
  CHECK(end.reason == Stop::change);
  CHECK(end.steps == 15);
  double u = 1, v = 1;
  CHECK(play({.change = 1e-3},
             minimizer(
                 u, [&](double a, double, double& g) { return g = 2 * a, 3 + a * a; }, simple),
             maximizer(v, constant, simple))
            .steps == 15);
}

TEST_CASE("a round that all players skip is no change") {
  int calls = 0;
  const auto away = [&](double x, double y, double& gradient) {
    const double value = along_x(x, y, gradient);
    if (++calls == 5) gradient = std::numeric_limits<double>::infinity();
    return value;
  };
  const auto away_too = [&](double x, double y, double& gradient) {
    const double value = along_y(x, y, gradient);
    if (calls == 5) gradient = std::numeric_limits<double>::infinity();
    return value;
  };
  double x = 1, y = 2;
  const Optimizer guarded{SkipNonFinite{}, LearningRate{0.1}};
  const auto end = play({.steps = 10, .change = 1e-9}, maximizer(x, away, guarded), minimizer(y, away_too, guarded));
  CHECK(end.reason == Stop::steps);
}

TEST_CASE("the value that a callback sees is the first player's") {
  double a = 1, b = 20, c = 70;
  std::vector<double> seen;
  const auto watch = [&](const Progress& at) {
    seen.assign(at.values.begin(), at.values.end());
    CHECK(at.value == seen[0]);
  };
  play({.steps = 2, .callback = watch}, maximizer(a, Firm{0, 10}, simple), maximizer(b, Firm{1, 20}, simple),
       maximizer(c, Firm{2, 30}, simple));
  REQUIRE(seen.size() == 3);
  CHECK(seen[0] != seen[1]);
}
