// SPDX-License-Identifier: MIT
// What ails a run: the same hill, climbed with rates from far too small to far too large.
#include <gradus/optimizer.hpp>

#include <functional>
#include <iostream>

int main() {
  const auto hill = gradus::objective([](double x) { return 1 - x * x / 2; }, [](double x) { return -x; });
  bool as_expected = true;
  const auto climb = [&](double rate, gradus::Symptom expected) {
    const gradus::Optimizer optimizer{gradus::LearningRate{rate}};
    double x = 2;
    // [diagnose]
    gradus::Diagnose watch;
    gradus::maximize(hill, x, optimizer, {.steps = 400, .callback = std::ref(watch)});
    std::cout << "rate " << rate << ": " << watch.diagnosis() << "\n";
    // [diagnose]
    as_expected = as_expected && watch.diagnosis().symptom == expected;
  };
  climb(1e-12, gradus::Symptom::stalled);
  climb(0.003, gradus::Symptom::none);
  climb(0.1, gradus::Symptom::converged);
  climb(2.5, gradus::Symptom::exploding);
  return as_expected ? 0 : 1;
}
