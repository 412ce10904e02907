// SPDX-License-Identifier: MIT
#include "arrival.hpp"
#include "exceptions.hpp"
#include "logistic.hpp"
#include "way.hpp"

#include "house/tree.hpp"

#include <gradus/drive/check_gradient.hpp>
#include <gradus/drive/gradient_norm.hpp>
#include <gradus/drive/max_stable_rate.hpp>
#include <gradus/recipe/aggmo.hpp>
#include <gradus/recipe/optimistic.hpp>
#include <gradus/recipe/qhm.hpp>
#include <gradus/recipe/sgd.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

using classic::Function;
using classic::Recipe;
using classic::Vector;

namespace {

const std::vector<Function>& functions() {
  static const auto all = classic::functions(CLASSIC_IRISES);
  return all;
}

std::vector<Function> all_functions() {
  auto all = functions();
  for (const auto& landscape : classic::landscapes()) all.push_back(landscape.function);
  return all;
}

// The functions that the recipe headers define in lines "constexpr auto NAME(const", except hidden ones.
// SGLD is left out: it samples and does not converge.
std::set<std::string> recipes_in_headers() {
  const std::string head = "constexpr auto ";
  std::set<std::string> names;
  for (const std::string& path : house::paths("include/gradus/recipe", ".hpp")) {
    if (path.ends_with("/sgld.hpp")) continue;
    const std::string space = path.ends_with("/optax.hpp") ? "optax::" : "";
    bool hidden = false;
    for (const std::string& line : house::lines(house::read(path))) {
      if (line.find("namespace detail") != std::string::npos) hidden = line.starts_with("namespace");
      if (const auto end = line.find("(const "); !hidden && line.starts_with(head) && end != std::string::npos)
        names.insert(space + line.substr(head.size(), end - head.size()));
    }
  }
  return names;
}

// The largest eigenvalue of the second derivatives at the minimum.
struct Curvature {
  std::string function;
  double value;
};
const Curvature curvatures[]{
    {"Sphere", 2}, {"Booth", 18}, {"Matyas", 1}, {"McCormick", 4}, {"Styblinski-Tang", 34.6}, {"Rosenbrock", 1001.6}};

// Checks that a rate is too large exactly where the exceptions say so.
void check_too_large(const std::string& recipe, const auto& optimizer, double rate) {
  for (const Curvature& of : curvatures) {
    CAPTURE(recipe);
    CAPTURE(of.function);
    const auto* exception = classic::exception(recipe, of.function);
    const bool too_large = exception && exception->reason.letter == classic::too_large.letter;
    CHECK((rate > max_stable_rate(optimizer, of.value)) == too_large);
  }
}

double gradient_norm(const Function& function, Vector at) {
  Vector gradient(at.size());
  function.objective(at, gradient);
  return gradus::gradient_norm(at, gradient);
}

}  // namespace

TEST_CASE("the list has every recipe that the headers have, and rules without, with a picture and a row in the page") {
  const std::string page = house::read("docs/steps.md");
  std::set<std::string> names;
  for (const Recipe& recipe : classic::recipes()) {
    CAPTURE(recipe.name);
    CHECK(names.insert(recipe.name).second);
    CHECK(exists(house::root / "docs/pictures/recipes" / (recipe.file() + ".svg")));
    CHECK(page.find("\n| `" + recipe.name + "` |") != std::string::npos);
  }
  auto expected = recipes_in_headers();
  expected.insert({"BarzilaiBorwein", "Mechanic", "PolyakStep"});
  CHECK(names == expected);
}

TEST_CASE("gradients match their functions") {
  for (const Function& function : all_functions()) {
    CAPTURE(function.name);
    Vector at = function.start;
    CHECK_MESSAGE(gradus::check_gradient(function.objective, at).good(), function.name);
    at[0] += 0.7, at.back() -= 1.3;
    CHECK_MESSAGE(gradus::check_gradient(function.objective, at).good(), function.name);
  }
}

TEST_CASE("functions are least at the minima given in the literature or found by Newton's method") {
  for (const Function& function : all_functions()) {
    CAPTURE(function.name);
    CHECK(gradient_norm(function, function.best) < 1e-4);  // as accurate as the digits given in the literature
    CHECK(value(function, function.best) == doctest::Approx(function.least).epsilon(1e-7));
    CHECK(value(function, function.start) > function.least);
  }
  CHECK(gradient_norm(functions().back(), functions().back().best) < 1e-14);
}

TEST_CASE("Fisher's iris data is read and normalized by its deviation") {
  const auto samples = classic::read_irises(CLASSIC_IRISES);
  CHECK(samples.rows.size() == 150);
  CHECK(std::count(samples.wanted.begin(), samples.wanted.end(), true) == 50);
  for (std::size_t column = 1; column <= 4; ++column) {
    double sum = 0, squares = 0;
    for (const Vector& row : samples.rows) sum += row[column], squares += row[column] * row[column];
    CHECK(sum == doctest::Approx(0));
    CHECK(squares == doctest::Approx(150));
  }
  CHECK_THROWS_WITH(classic::read_irises("no such file"), "cannot read 'no such file'; name the file of irises");
}

TEST_CASE("every recipe with its defaults reaches the goal, except for the listed exceptions") {
  for (const Recipe& recipe : classic::recipes())
    for (const Function& function : functions()) {
      CAPTURE(recipe.name);
      CAPTURE(function.name);
      CHECK(arrival(recipe, function).reached == !classic::exception(recipe.name, function.name));
    }
}

TEST_CASE("rates listed as too large are those for which the recurrence is unstable at the minimum") {
  using namespace gradus::recipe;
  check_too_large("sgd", sgd(), Sgd{}.lr);
  check_too_large("optimistic", optimistic(), OptimisticGradient{}.lr);
  check_too_large("aggmo", aggmo(), AggMo{}.lr);
  check_too_large("qhm", qhm(), Qhm{}.lr);
}

TEST_CASE("every exception is of a recipe and a function") {
  for (const auto& exception : classic::exceptions) {
    CAPTURE(exception.recipe);
    CHECK(std::ranges::count(classic::recipes(), exception.recipe, &Recipe::name) == 1);
    CHECK(std::ranges::count(functions(), exception.function, &Function::name) == 1);
  }
}

TEST_CASE("a picture shows the lowest rate that arrives") {
  const auto bowl = classic::landscapes().front();
  const auto sgd = std::ranges::find(classic::recipes(), "sgd", &Recipe::name);
  const auto best = best_way(*sgd, bowl);
  CHECK(best.points.front() == bowl.function.start);
  CHECK(best.points.size() == classic::path_steps + 1);
  // (1 - rate)^200 of the long axis is left, and its square of the value: with 0.01 that is 2e-2, with 0.03 5e-6.
  CHECK(best.rate == doctest::Approx(0.03));
  CHECK(best.left < classic::path_left);
}
