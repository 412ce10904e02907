// SPDX-License-Identifier: MIT
// Finds the vowels of a text without being told what a vowel is: trains a hidden Markov model on it by gradient ascent
// on the likelihood, beside Baum-Welch from the same start.

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>

#include "ascent.hpp"
#include "baum_welch.hpp"
#include "drawing.hpp"
#include "meter.hpp"
#include "pictures.hpp"
#include "report.hpp"

namespace {

struct Choice {
  std::string text = VOWELS_TEXT;
  std::size_t states = 2;
  std::int64_t steps = 500;
  std::uint64_t seed = 7;
  std::string out = "out";
};

void offer(CLI::App& app, Choice& choice) {
  app.add_option("TEXT_FILE", choice.text, "any text; its letters a-z are learned from (default: Pride and Prejudice)");
  app.add_option("--states", choice.states, "hidden states")
      ->check(CLI::Range(std::size_t{1}, vowels::most_states))
      ->capture_default_str();
  app.add_option("--steps", choice.steps, "steps of gradient ascent")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--seed", choice.seed, "of the random start")->check(CLI::NonNegativeNumber)->capture_default_str();
  app.add_option("--out", choice.out, "folder for the pictures")->capture_default_str();
}

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

void run(const Choice& choice) {
  const auto text = vowels::read_symbols(choice.text);
  drawing::make_folder(choice.out);
  const auto letters = vowels::letters_in(text);
  std::printf("%s: %zu letters, %zu spaces\n", choice.text.c_str(), letters, text.size() - letters);
  const auto start = vowels::start_logits(choice.states, text, choice.seed);

  const Stopwatch reference;
  const auto baum_welch = vowels::baum_welch(vowels::softmax(start), text);
  vowels::print_arrival("Baum-Welch", baum_welch, reference.seconds());

  const Stopwatch climb;
  const auto ascent = vowels::gradient_ascent(start, text, choice.steps, vowels::Meter{choice.steps});
  vowels::print_arrival("gradient ascent", ascent, climb.seconds());

  vowels::print_comparison(ascent, baum_welch);
  vowels::print_states(ascent.model);
  vowels::draw(VOWELS_SCRIPT, choice.out, baum_welch, ascent);
  std::printf("drawn: learning.svg, learning.png, letters.svg, letters.png in %s\n", choice.out.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Finds the vowels of a text by gradient ascent on the likelihood of a hidden Markov model.", "vowels"};
  Choice choice;
  offer(app, choice);
  CLI11_PARSE(app, argc, argv);
  try {
    run(choice);
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "vowels: %s\n", error.what());
    return 1;
  }
}
