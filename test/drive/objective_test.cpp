// SPDX-License-Identifier: MIT
#include <gradus/drive/objective.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <vector>

using Theta = std::vector<double>;

TEST_CASE("an objective is two functions or one") {
  const auto two = gradus::objective([](const Theta& x) { return x[0]; }, [](const Theta& x) { return x; });
  const auto one = [](const Theta& x, Theta& gradient) { return gradient = x, x[0]; };
  const auto neither = [](const Theta& x) { return x[0]; };
  CHECK(gradus::TwoPartObjective<decltype(two), Theta>);
  CHECK_FALSE(gradus::FusedObjective<decltype(two), Theta>);
  CHECK(gradus::FusedObjective<decltype(one), Theta>);
  CHECK_FALSE(gradus::TwoPartObjective<decltype(neither), Theta>);
  CHECK_FALSE(gradus::FusedObjective<decltype(neither), Theta>);
  CHECK(two.value({3, 1}) == 3);
  CHECK(two.gradient({3, 1}) == Theta{3, 1});
}

namespace {

using Doubles = std::vector<double>;

struct Apart {
  double Evaluate(const Doubles& x) { return x[0] * x[0]; }
  void Gradient(const Doubles& x, Doubles& gradient) { gradient = {2 * x[0]}; }
};
struct Together : Apart {
  double EvaluateWithGradient(const Doubles& x, Doubles& gradient) { return Gradient(x, gradient), 100 + x[0] * x[0]; }
};

}  // namespace

TEST_CASE("an objective may also be an object with ensmallen's methods") {
  CHECK(gradus::FusedObjective<Apart, Doubles>);
  CHECK_FALSE(gradus::FusedObjective<const Apart, Doubles>);  // its methods are not const
  Apart apart;
  Together together;
  const Doubles x{3};
  Doubles gradient;
  CHECK(gradus::value_and_gradient(apart, x, gradient) == 9);
  CHECK(gradient == Doubles{6});
  CHECK(gradus::value_and_gradient(together, x, gradient) == 109);
  Doubles theta{3};
  CHECK(gradus::check_gradient(together, theta));
  CHECK(gradus::minimize(apart, theta, gradus::Optimizer{gradus::LearningRate{0.25}}, {.steps = 60}).value < 1e-30);
  CHECK(theta[0] == doctest::Approx(0));
}
