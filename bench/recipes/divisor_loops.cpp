// SPDX-License-Identifier: MIT
// Rules that divide by what the gradient was, without Adam's two corrected averages.
#include "loop.hpp"

namespace hand {

void adagrad(Run& run) {
  each<1>(run, [](float& p, float g, float& sum) {
    sum += g * g;
    p += 0.01f * g / (std::sqrt(sum) + 1e-10f);
  });
}

void adasqrt(Run& run) {
  const auto rate = static_cast<float>(1e-3 * std::sqrt(run.next()));
  each<1>(run, [=](float& p, float g, float& sum) {
    sum += g * g;
    p += rate * g / (sum + 1e-8f);
  });
}

void rmsprop(Run& run) {
  each<1>(run, [](float& p, float g, float& s) {
    s = 0.99f * s + 0.01f * g * g;
    p += 0.01f * g / (std::sqrt(s) + 1e-8f);
  });
}

void adadelta(Run& run) {
  each<2>(run, [](float& p, float g, float& s, float& change) {
    s = 0.9f * s + 0.1f * g * g;
    const float u = g * std::sqrt(change + 1e-6f) / std::sqrt(s + 1e-6f);
    change = 0.9f * change + 0.1f * u * u;
    p += u;
  });
}

void smorms3(Run& run) {
  each<3>(run, [](float& p, float g, float& m, float& s, float& memory) {
    const float r = 1 / (memory + 1);
    m = (1 - r) * m + r * g;
    s = (1 - r) * s + r * g * g;
    const float x = m * m / (s + 1e-16f);
    memory = 1 + memory * (1 - x);
    p += g * (x < 1e-3f ? x : 1e-3f) / (std::sqrt(s) + 1e-16f);
  });
}

void gradient_ascent(Run& run) {
  each<2>(run, [](float& p, float g, float& v, float& s) {
    v = 0.9f * v + g;
    s = 0.999f * s + 0.001f * g * g;
    p += 0.01f * v / (std::sqrt(s) + 1e-8f);
  });
}

void padam(Run& run) {
  each<3>(run, [](float& p, float g, float& v, float& s, float& largest) {
    v = 0.9f * v + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    largest = largest < s ? s : largest;
    p += 0.1f * v / std::sqrt(std::sqrt(std::sqrt(largest + 1e-8f)));
  });
}

void adabound(Run& run) {
  const double t = run.next();
  const auto rate = static_cast<float>(1e-3 * std::sqrt(filled(0.999, t)) / filled(0.9, t));
  const auto low = static_cast<float>(0.1 * (1 - 1 / (1e-3 * t + 1)));
  const auto high = static_cast<float>(0.1 * (1 + 1 / (1e-3 * t)));
  each<2>(run, [=](float& p, float g, float& v, float& s) {
    v = 0.9f * v + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += v * clamp(rate / (std::sqrt(s) + 1e-8f), low, high);
  });
}

void adamax(Run& run) {
  const auto rate = static_cast<float>(2e-3 / filled(0.9, run.next()));
  each<2>(run, [=](float& p, float g, float& m, float& largest) {
    m = 0.9f * m + 0.1f * g;
    const float now = std::abs(g) + 1e-8f, before = 0.999f * largest;
    largest = now < before ? before : now;
    p += rate * m / largest;
  });
}

// The paper keeps three arrays; solved for p, its rule needs one.
void ftml(Run& run) {
  const double t = run.next();
  const auto rate = static_cast<float>(1e-3 * 0.4 / filled(0.6, t));
  const auto root = static_cast<float>(1 / std::sqrt(filled(0.999, t)));
  each<1>(run, [=](float& p, float g, float& s) {
    s = 0.999f * s + 0.001f * g * g;
    p += rate * g / (std::sqrt(s) * root + 1e-8f);
  });
}

void madgrad(Run& run) {
  const auto weight = static_cast<float>((1e-2 + 1e-6) * std::sqrt(run.next()));
  each<3>(run, [=](float& p, float g, float& sum, float& squares, float& start) {
    sum += weight * g;
    squares += weight * g * g;
    p += 0.1f * (start + sum / (std::cbrt(squares) + 1e-6f) - p);
  });
}

}  // namespace hand
