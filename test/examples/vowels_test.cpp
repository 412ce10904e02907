// SPDX-License-Identifier: MIT
#include "ascent.hpp"
#include "baum_welch.hpp"
#include "pictures.hpp"
#include "report.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using vowels::Symbols;
using vowels::Tables;

namespace {

// An arbitrary model and an arbitrary text.
Tables some_model(std::size_t states) { return vowels::softmax(vowels::start_logits(states, Symbols{0, 1, 2}, 42)); }

const Symbols some_text{0, 2, 1, 26, 1, 1, 0};

const Symbols verse = vowels::to_symbols(
    "Tyger Tyger, burning bright, In the forests of the night; What immortal hand or eye, Could frame thy fearful "
    "symmetry? In what distant deeps or skies, Burnt the fire of thine eyes? On what wings dare he aspire? What the "
    "hand, dare seize the fire?");

// Calls f(path, probability) for every path through the states.
template <class F>
void for_each_path(const Tables& model, const Symbols& text, F f) {
  const std::size_t states = vowels::states_of(model);
  std::vector<std::size_t> path(text.size(), 0);
  for (;;) {
    double p = model.initial(path[0]) * model.emission(path[0], text[0]);
    for (std::size_t t = 1; t < text.size(); ++t)
      p *= model.transition(path[t - 1], path[t]) * model.emission(path[t], text[t]);
    f(path, p);
    std::size_t t = 0;
    while (t < path.size() && ++path[t] == states) path[t++] = 0;
    if (t == path.size()) return;
  }
}

double total(const auto& table) { return std::accumulate(table.begin(), table.end(), 0.0); }

}  // namespace

TEST_CASE("a text is its letters, with one space for whatever lies between") {
  CHECK(vowels::to_symbols("Ab, z!") == Symbols{0, 1, 26, 25});
  CHECK(vowels::to_symbols("  a -- \n 7 B") == Symbols{0, 26, 1});
  CHECK(vowels::to_symbols("caf\xc3\xa9s") == Symbols{2, 0, 5, 26, 18});
  CHECK(vowels::to_symbols("1234").empty());
}

TEST_CASE("a text too short or unreadable is refused with the reason") {
  CHECK_THROWS_WITH(vowels::read_symbols("no such file"),
                    "cannot read 'no such file' (No such file or directory); name a readable text file");
  CHECK_THROWS_WITH(vowels::read_symbols("/dev/null"),
                    "'/dev/null' has 0 letters a-z, too few to learn from; name a text of 1000 or more");
}

TEST_CASE("likelihood and counts match a sum over all paths") {
  for (std::size_t states = 1; states <= 3; ++states) {
    CAPTURE(states);
    const Tables model = some_model(states);
    Tables counts = vowels::zeros(states);
    double likelihood = 0;
    for_each_path(model, some_text, [&](const auto& path, double p) {
      likelihood += p;
      counts.initial(path[0]) += p;
      for (std::size_t t = 0; t < path.size(); ++t) counts.emission(path[t], some_text[t]) += p;
      for (std::size_t t = 1; t < path.size(); ++t) counts.transition(path[t - 1], path[t]) += p;
    });
    const double length = static_cast<double>(some_text.size());

    const auto found = vowels::expectation(model, some_text);
    CHECK(found.log_likelihood * length == doctest::Approx(std::log(likelihood)).epsilon(1e-13));
    vowels::for_each_row(
        [&](auto row, auto expected) {
          for (std::size_t i = 0; i < row.size(); ++i)
            CHECK(row[i] * length * likelihood == doctest::Approx(expected[i]).epsilon(1e-12).scale(likelihood));
        },
        found.counts, counts);
  }
}

TEST_CASE("every letter is counted once, however small the numbers become on the way") {
  Symbols text;
  for (int i = 0; i < 20; ++i) text.insert(text.end(), verse.begin(), verse.end());
  const auto found = vowels::expectation(some_model(3), text);
  CHECK(total(found.counts.emission) == doctest::Approx(1).epsilon(1e-12));
  CHECK(total(found.counts.initial) * static_cast<double>(text.size()) == doctest::Approx(1).epsilon(1e-12));
  CHECK(std::isfinite(found.log_likelihood));
}

TEST_CASE("with one state the letters are independent, and the likelihood is a sum of logarithms") {
  const Tables model = some_model(1);
  double expected = 0;
  for (const auto symbol : verse) expected += std::log(model.emission(0, symbol));
  const auto found = vowels::expectation(model, verse);
  CHECK(found.log_likelihood == doctest::Approx(expected / static_cast<double>(verse.size())).epsilon(1e-13));
}

TEST_CASE("a model outside the supported sizes is refused") {
  CHECK_THROWS_AS(vowels::expectation(some_model(vowels::most_states + 1), some_text), std::invalid_argument);
}

TEST_CASE("the gradient is that of the likelihood with respect to the logits") {
  Tables logits = vowels::start_logits(3, verse, 1);
  const auto check = gradus::check_gradient(vowels::Likelihood{verse}, logits);
  INFO(check.str());
  CHECK(check.good());
  logits.transition(1, 2) += 1;  // and the check must notice a wrong slope there
  const auto wrong = [&](const Tables& at, Tables& slope) {
    const double value = vowels::Likelihood{verse}(at, slope);
    slope.transition(1, 2) += 1e-4;
    return value;
  };
  CHECK_FALSE(gradus::check_gradient(wrong, logits).good());
}

TEST_CASE("Baum-Welch never decreases the likelihood and ends at a fixed point") {
  const auto learned = vowels::baum_welch(some_model(2), verse);
  for (std::size_t i = 1; i < learned.curve.size(); ++i) CHECK(learned.curve[i] >= learned.curve[i - 1] - 1e-12);
  const auto again = vowels::expectation(vowels::maximization(vowels::expectation(learned.model, verse).counts), verse);
  CHECK(again.log_likelihood - learned.curve.back() < 1e-8);
}

TEST_CASE("starts depend on the seed alone and are near the letters' frequencies") {
  const auto model = vowels::softmax(vowels::start_logits(2, verse, 5));
  CHECK(model.emission == vowels::softmax(vowels::start_logits(2, verse, 5)).emission);
  CHECK(model.emission != vowels::softmax(vowels::start_logits(2, verse, 6)).emission);
  CHECK(model.emission(0, 'e' - 'a') > 5 * model.emission(0, 'z' - 'a'));
}

TEST_CASE("letters are listed state by state, the likeliest first") {
  Tables model = vowels::zeros(2);
  model.emission.fill(0.01);
  model.emission(0, 'b' - 'a') = 0.3;
  model.emission(1, 'a' - 'a') = 0.25;
  model.emission(1, vowels::space) = 0.5;
  CHECK(vowels::by_state(model).front() == 'b' - 'a');
  CHECK(vowels::state_of(model, 0) == 1);
  CHECK_FALSE(vowels::vowels_together(model));  // the other vowels are in the first state

  std::ostringstream lines;
  vowels::write_letters(lines, model);
  CHECK(lines.str().starts_with("b 0 0.3 0.01\n"));
  CHECK(lines.str().ends_with("_ 2 0.01 0.5\na 1 0.01 0.25\n"));
}

TEST_CASE("both learning curves go into one file, as two blocks") {
  std::ostringstream lines;
  vowels::write_learning(lines, {-3, -2}, {-3, -2.5, -2});
  CHECK(lines.str() == "0 -3\n1 -2\n\n\n0 -3\n1 -2.5\n2 -2\n\n\n");
}

TEST_CASE("where Baum-Welch finds the vowels, gradient ascent from the same start finds them, equally likely") {
  auto text = vowels::read_symbols(VOWELS_TEXT);
  std::int64_t steps = 500;  // as in the program
#ifndef __OPTIMIZE__         // unoptimized, this would take minutes
  text.resize(30'000), steps = 300;
#endif
  int found = 0;
  for (std::uint64_t seed = 1; found < 10; ++seed) {
    CAPTURE(seed);
    REQUIRE(seed < 30);
    const auto start = vowels::start_logits(2, text, seed);
    const auto reference = vowels::baum_welch(vowels::softmax(start), text);
    if (!vowels::vowels_together(reference.model)) continue;
    ++found;
    const auto ascent = vowels::gradient_ascent(start, text, steps, [](const auto&) {});
    CHECK(vowels::vowels_together(ascent.model));
    CHECK(ascent.curve.size() == static_cast<std::size_t>(steps) + 1);
    CHECK(ascent.curve.back() > reference.curve.back() - 1e-3);
  }
}
