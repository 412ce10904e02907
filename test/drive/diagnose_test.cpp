// SPDX-License-Identifier: MIT
#include <gradus/drive/diagnose.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace gradus;

namespace {

// -(x - 1)^2, with curvature 2: a rate above 1 diverges from the top.
const auto hill = objective([](double x) { return -(x - 1) * (x - 1); }, [](double x) { return -2 * (x - 1); });

template <class F, class O>
Diagnosis run(const F& climbed, double theta, const O& optimizer, std::int64_t steps = 200) {
  Diagnose watch;
  maximize(climbed, theta, optimizer, {.steps = steps, .callback = std::ref(watch)});
  return watch.diagnosis();
}

bool has(const Diagnosis& diagnosis, const char* part) { return diagnosis.str().find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a run that arrives is reported as converged") {
  const auto end = run(hill, 5, Optimizer{LearningRate{0.1}});
  CHECK(end.symptom == Symptom::converged);
  CHECK(end.step == 71);  // 0.8^62 < 1e-6, and the nine points after it
  CHECK(has(end, "converged at step 71: the gradient's norm is"));
}

TEST_CASE("a healthy run has no symptom") {
  const auto valley =
      objective([](double x) { return -std::cosh(x / 10); }, [](double x) { return -std::sinh(x / 10) / 10; });
  CHECK(run(valley, 40, Optimizer{LearningRate{0.1}}).symptom == Symptom::none);
  CHECK(run(hill, 5, Optimizer{LearningRate{0.1}}, 30).symptom == Symptom::none);
  CHECK(run(hill, 5, Optimizer{LearningRate{0.1}}, 30).str() == "on its way");
}

TEST_CASE("too large a rate is reported as exploding") {
  const auto away = run(hill, 5, Optimizer{LearningRate{1.1}});
  CHECK(away.symptom == Symptom::exploding);
  CHECK(has(away, "put ClipNorm first"));
  CHECK(away.step == 47);  // 1.2^(47 - 9) > 1000, relative to the largest of the first 10 norms

  Diagnose watch;
  watch.see({.steps = 3, .value = std::nan(""), .gradient_norm = 1});
  CHECK(has(watch.diagnosis(), "exploding at step 3: the value is nan, the gradient's norm 1"));
}

TEST_CASE("a run that gets ever better without end is reported as exploding") {
  const auto bowl = objective([](double x) { return x * x; }, [](double x) { return 2 * x; });
  const auto away = run(bowl, 1, Optimizer{LearningRate{0.1}});
  CHECK(away.symptom == Symptom::exploding);
  CHECK(has(away, "or its sign is wrong"));
}

TEST_CASE("a single norm far above the others is reported as exploding, even late") {
  Diagnose watch;
  for (int i = 0; i < 100; ++i) watch.see({i, -1.0 / (1 + i), 1.0 / (1 + i)});
  CHECK(watch.diagnosis().symptom == Symptom::none);
  watch.see({100, -0.01, 50});
  CHECK(watch.diagnosis().symptom == Symptom::exploding);
  CHECK(watch.diagnosis().step == 100);
}

TEST_CASE("a run whose gradient starts or becomes tiny is reported as vanishing") {
  const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  const auto error = objective([&](double x) { return -sigmoid(-x) * sigmoid(-x); },
                               [&](double x) { return 2 * sigmoid(-x) * sigmoid(-x) * sigmoid(x); });
  const auto gone = run(error, -40, Optimizer{LearningRate{1.0}});
  CHECK(gone.symptom == Symptom::vanishing);
  CHECK(has(gone, "start elsewhere"));

  // A first step so large that it lands where the gradient is 0.
  const auto bell =
      objective([](double x) { return std::exp(-x * x); }, [](double x) { return -2 * x * std::exp(-x * x); });
  CHECK(run(bell, 0.5, Optimizer{LearningRate{20.0}}).symptom == Symptom::vanishing);
}

TEST_CASE("steps that are too small, or held back by a constraint, are reported as stalled") {
  const auto small = run(hill, 5, Optimizer{LearningRate{1e-12}});
  CHECK(small.symptom == Symptom::stalled);
  CHECK(has(small, "raise the rate"));
  const auto held = run(hill, 5, Optimizer{LearningRate{0.1}, Box{2, 9}});
  CHECK(held.symptom == Symptom::stalled);
  CHECK(has(held, "a constraint holds it"));
}

TEST_CASE("steps back and forth over the top, or around a game's equilibrium, are reported as oscillating") {
  const auto peak = objective([](double x) { return -std::abs(x); }, [](double x) { return x > 0 ? -1.0 : 1.0; });
  const auto over = run(peak, 5.03, Optimizer{LearningRate{0.1}});
  CHECK(over.symptom == Symptom::oscillating);
  CHECK(has(over, "between -0.0"));

  double x = 1, y = 1;
  Diagnose watch;
  const auto along_x = [](double, double b, double& gradient) { return gradient = b, 0.0; };
  const auto along_y = [](double a, double b, double& gradient) { return gradient = a, a * b; };
  const Optimizer optimizer{LearningRate{0.3}};
  const auto of_x = [&](double a, double b, double& gradient) { return along_x(a, b, gradient), a * b; };
  play<Moves::alternating>({.steps = 200, .callback = std::ref(watch)}, maximizer(x, of_x, optimizer),
                           minimizer(y, along_y, optimizer));
  CHECK(watch.diagnosis().symptom == Symptom::oscillating);
  CHECK(has(watch.diagnosis(), "begin with Optimistic"));
}

TEST_CASE("when descending, a falling value counts as progress") {
  const auto bowl = objective([](double x) { return x * x; }, [](double x) { return 2 * x; });
  double theta = 5;
  Diagnose watch({.climbs = false});
  minimize(bowl, theta, Optimizer{LearningRate{0.1}}, {.steps = 200, .callback = std::ref(watch)});
  CHECK(watch.diagnosis().symptom == Symptom::converged);
}

TEST_CASE("a new symptom is told once, when it appears") {
  std::vector<std::string> told;
  Diagnose watch({.tell = [&](const Diagnosis& diagnosis) { told.push_back(name_of(diagnosis.symptom)); }});
  double theta = 5;
  maximize(hill, theta, Optimizer{LearningRate{0.1}}, {.steps = 300, .callback = std::ref(watch)});
  watch.see({301, std::numeric_limits<double>::infinity(), 1});
  CHECK(told == std::vector<std::string>{"converged", "exploding"});
}

TEST_CASE("a symptom that shows now and then is told once, and is gone half a window after it last showed") {
  std::vector<std::string> told;
  Diagnose watch(
      {.window = 40, .tell = [&](const Diagnosis& diagnosis) { told.push_back(name_of(diagnosis.symptom)); }});
  const auto finite = [&](int count) {
    for (int i = 0; i < count; ++i) watch.see({i, static_cast<double>(i), 1});
  };
  for (int i = 0; i < 10; ++i) finite(1), watch.see({i, std::nan(""), 1});
  CHECK(told == std::vector<std::string>{"exploding"});
  finite(19);
  CHECK(watch.diagnosis().symptom == Symptom::exploding);
  finite(1);
  CHECK(watch.diagnosis().symptom == Symptom::none);
  CHECK(told == std::vector<std::string>{"exploding", "on its way"});
}

TEST_CASE("ordinary runs are not called ill") {
  const auto never = [](const Symptom wrong, const auto& see) {
    bool told = false;
    Diagnose watch({.tell = [&](const Diagnosis& diagnosis) { told = told || diagnosis.symptom == wrong; }});
    see(watch);
    CHECK_FALSE(told);
    return watch.diagnosis().symptom;
  };
  // The value and norm of each point, by its index.
  const auto points = [](int count, auto value, auto norm) {
    return [=](Diagnose& watch) {
      for (int i = 0; i < count; ++i) watch.see({i, value(i), norm(i)});
    };
  };
  SUBCASE("rewards that are mostly 0") {
    never(Symptom::exploding, points(200, [](int i) { return 0.1 * i; }, [](int i) { return i % 5 ? 0.0 : 1.0; }));
  }
  SUBCASE("a run that leaves a saddle") {
    const auto ridge = objective([](double x) { return std::cos(x); }, [](double x) { return -std::sin(x); });
    double x = 3.14159;
    CHECK(never(Symptom::exploding, [&](Diagnose& watch) {
            maximize(ridge, x, Optimizer{LearningRate{0.1}}, {.steps = 500, .callback = std::ref(watch)});
          }) == Symptom::converged);
  }
  SUBCASE("a value with a large constant offset") {
    const auto see = points(60, [](int i) { return -1e6 + 0.02 * i; }, [](int) { return 20.0; });
    CHECK(never(Symptom::stalled, see) == Symptom::none);
    CHECK(never(Symptom::vanishing, see) == Symptom::none);
  }
  SUBCASE("one non-finite gradient, which was skipped") {
    const auto value = [](int i) { return 0.5 * i; };
    CHECK(never(Symptom::converged, points(100, value, [](int i) { return i == 5 ? INFINITY : 10; })) == Symptom::none);
  }
  SUBCASE("an overshoot on the way") {
    CHECK(never(Symptom::vanishing, points(
                                        100, [](int i) { return i == 1 ? -1e9 : -std::pow(0.5, i); },
                                        [](int i) { return std::pow(0.5, i); })) == Symptom::converged);
  }
  SUBCASE("a momentum that swings around the top converges once") {
    int times = 0;
    Diagnose watch({.tell = [&](const Diagnosis& at) { times += at.symptom == Symptom::converged; }});
    double x = 5;
    maximize(hill, x, Optimizer{Momentum{0.9}, LearningRate{0.05}}, {.steps = 1000, .callback = std::ref(watch)});
    CHECK(times == 1);
  }
}

TEST_CASE("a window of too few points is refused") {
  CHECK_THROWS_WITH_AS(Diagnose({.window = 7}),
                       "gradus: DiagnoseOptions.window is 7: give 8 points or more to judge by", Refused);
}

TEST_CASE("every symptom has its own name, and a diagnosis prints as one line") {
  std::set<std::string> names;
  for (const Symptom symptom : {Symptom::none, Symptom::converged, Symptom::vanishing, Symptom::stalled,
                                Symptom::oscillating, Symptom::exploding})
    names.insert(name_of(symptom));
  CHECK(names.size() == 6);
  std::ostringstream out;
  out << Diagnosis{Symptom::stalled, 7, "it stands", "push"};
  CHECK(out.str() == "stalled at step 7: it stands; push");
}

TEST_CASE("the smallest window has 8 points") { CHECK_NOTHROW(Diagnose({.window = 8})); }

TEST_CASE("a run's units do not matter") {
  // The hill and the bowl, a thousand times as flat.
  const auto flat =
      objective([](double x) { return -1e-3 * (x - 1) * (x - 1); }, [](double x) { return -2e-3 * (x - 1); });
  CHECK(run(flat, 5, Optimizer{LearningRate{1e3 * 0.1}}).step == 71);
  const auto away = run(flat, 5, Optimizer{LearningRate{1e3 * 1.1}});
  CHECK(away.symptom == Symptom::exploding);
  CHECK(away.step == 47);
  const auto bowl = objective([](double x) { return 1e-3 * x * x; }, [](double x) { return 2e-3 * x; });
  CHECK(run(bowl, 1, Optimizer{LearningRate{1e3 * 0.1}}).symptom == Symptom::exploding);
}

TEST_CASE("a large norm is no explosion where the value gained, or where the first norms were larger") {
  const auto after = [](double first_norm, double norm, double value) {
    Diagnose watch;
    for (int i = 0; i < 10; ++i) watch.see({i, 0.1 * i, first_norm});
    for (int i = 10; i < 100; ++i) watch.see({i, 0.1 * i, 0.01});
    watch.see({100, value, norm});
    return watch.diagnosis().symptom;
  };
  CHECK(after(1, 50, 9.8) == Symptom::exploding);
  CHECK(after(1, 50, 9.9) == Symptom::exploding);
  CHECK(after(1, 50, 10) == Symptom::none);
  CHECK(after(100, 50, 9.8) == Symptom::none);
  CHECK(after(0.01, 50, 0) == Symptom::exploding);  // of the first norms, with the first value
}

TEST_CASE("the usual norm is the median of those above 0") {
  const auto after = [](auto norm) {
    Diagnose watch;
    for (int i = 0; i < 39; ++i) watch.see({i, 0.1 * (i % 3), norm(i)});
    watch.see({39, -1, 25});
    return watch.diagnosis().symptom;
  };
  CHECK(after([](int i) { return i == 20 ? 10 : 0.01; }) == Symptom::exploding);
  CHECK(after([](int i) { return i % 4 ? 0.0 : 1.0; }) != Symptom::exploding);
}

namespace {

// What a window shows whose 40 points have these values and norms, by their index, behind a first point of norm 1.
template <class Value, class Norm>
Symptom in_window(double first, Value value, Norm norm) {
  Diagnose watch;
  watch.see({0, first, 1});
  for (int i = 0; i < 40; ++i) watch.see({1 + i, value(i), norm(i)});
  return watch.diagnosis().symptom;
}

constexpr auto one = [](int) { return 1.0; };

}  // namespace

TEST_CASE("norms that vanish are convergence only if the value gained") {
  const auto gone = [](int) { return 0.9e-6; };
  const auto still = [](int) { return 5.0; };
  CHECK(in_window(4, still, gone) == Symptom::converged);
  CHECK(in_window(5, still, gone) == Symptom::vanishing);
  CHECK(in_window(6, still, gone) == Symptom::vanishing);
  CHECK(in_window(4, still, [](int) { return 1.1e-6; }) == Symptom::stalled);
}

TEST_CASE("of a value that never moved, a norm is tiny beside the value itself") {
  Diagnose still, moved, back;
  for (int i = 0; i < 60; ++i) {
    still.see({i, 1000, 0.9e-3});
    moved.see({i, i < 10 ? 999.0 : 1000.0, 0.9e-3});
    back.see({i, i % 20 ? 1000.5 : 1000.0, 0.9e-3});
  }
  CHECK(still.diagnosis().symptom == Symptom::vanishing);
  CHECK(moved.diagnosis().symptom == Symptom::stalled);
  CHECK(back.diagnosis().symptom != Symptom::vanishing);
  back.see({60, 1000, 0.9e-3});  // where it began, though it moved
  CHECK(back.diagnosis().symptom != Symptom::vanishing);
}

TEST_CASE("a value is still within a millionth of what it gained, or a billionth of itself") {
  const auto by = [](double first, double from, double size) {
    return in_window(first, [=](int i) { return from + size * i / 39; }, one);
  };
  CHECK(by(-1, 0, 0.9e-6) == Symptom::stalled);
  CHECK(by(-1, 0, 1.1e-6) == Symptom::none);
  CHECK(by(-100, 0, 0.9e-4) == Symptom::stalled);
  CHECK(by(-100, 0, 1.1e-4) == Symptom::none);
  CHECK(by(1e6, 1e6, 0.9e-3) == Symptom::stalled);
  CHECK(by(1e6, 1e6, 1.1e-3) == Symptom::none);
}

TEST_CASE("a value that is still is no stall while the norm falls by half") {
  const auto to = [](double last) {
    return in_window(-1, [](int) { return 0.0; }, [=](int i) { return 1 + (last - 1) * i / 39; });
  };
  CHECK(to(0.51) == Symptom::stalled);
  CHECK(to(0.49) == Symptom::none);
}

TEST_CASE("oscillating is a value that turns 4 times, as far late as early, around a mean that stays") {
  const auto zigzag = [](double early, double late, double drift) {
    return in_window(
        -10, [=](int i) { return (i < 20 ? -drift : drift) / 2 + (i % 2 ? 1 : -1) * (i < 20 ? early : late); }, one);
  };
  CHECK(zigzag(1, 1, 0) == Symptom::oscillating);
  CHECK(zigzag(1, 0.51, 0) == Symptom::oscillating);
  CHECK(zigzag(1, 0.49, 0) == Symptom::none);
  // Halves that lie d apart deviate by sqrt(1 + d^2 / 4) in all: d < sqrt(1 / (9 - 1 / 4)) = 0.338.
  CHECK(zigzag(1, 1, 0.33) == Symptom::oscillating);
  CHECK(zigzag(1, 1, 0.35) == Symptom::none);
  CHECK(zigzag(1, 1, -0.35) == Symptom::none);
  const auto slow = [](int period) {  // up and down in triangles
    return in_window(
        -10, [=](int i) { return std::abs(static_cast<double>((i + period / 2) % (2 * period) - period)); }, one);
  };
  CHECK(slow(8) == Symptom::oscillating);
  CHECK(slow(13) == Symptom::none);
}

TEST_CASE("when descending, a value that rises is no gain") {
  Diagnose watch({.climbs = false});
  for (int i = 0; i < 60; ++i) watch.see({i, i < 10 ? 1.0 : 2.0, i < 10 ? 1.0 : 1e-7});
  CHECK(watch.diagnosis().symptom == Symptom::vanishing);
}
