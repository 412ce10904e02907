// SPDX-License-Identifier: MIT
// Rules without a root.
#include "loop.hpp"

#include <algorithm>

namespace hand {

void sgd(Run& run) {
  each<0>(run, [](float& p, float g) { p += 1e-3f * g; });
}

void asgd(Run& run) {
  const double t = run.next();
  const auto rate = static_cast<float>(0.01 / std::pow(1 + 1e-6 * (t - 1), 0.75));
  const auto share = static_cast<float>(1 / std::max(1.0, t - 1 - 1e6));
  each<1>(run, [=](float& p, float g, float& average) {
    p += rate * (g - 1e-4f * p);
    average += share * (p - average);
  });
}

void aggmo(Run& run) {
  const float factor[3]{0, 0.9f, 0.99f};
  each<3>(run, [=](float& p, float g, float& a, float& b, float& c) {
    a = factor[0] * a + g;
    b = factor[1] * b + g;
    c = factor[2] * c + g;
    p += 0.1f / 3 * (a + b + c);
  });
}

void qhm(Run& run) {
  each<1>(run, [](float& p, float g, float& v) {
    v = 0.999f * v + 0.001f * g;
    p += 0.3f * g + 0.7f * v;
  });
}

void signum(Run& run) {
  each<1>(run, [](float& p, float g, float& v) {
    v = 0.9f * v + 0.1f * g;
    p += 1e-4f * sign(v);
  });
}

void lion(Run& run) {
  each<1>(run, [](float& p, float g, float& v) {
    p += 1e-4f * sign(0.9f * v + 0.1f * g);
    v = 0.99f * v + 0.01f * g;
  });
}

void optimistic(Run& run) {
  const float known = run.next() == 1 ? 0 : 1;
  each<1>(run, [=](float& p, float g, float& previous) {
    p += 0.01f * (g + known * (g - previous));
    previous = g;
  });
}

void rprop(Run& run) {
  each<2>(run, [](float& p, float g, float& length, float& previous) {
    const float same = g * previous;
    length = clamp(length * (same > 0 ? 1.2f : same < 0 ? 0.5f : 1), 1e-6f, 50);
    previous = same < 0 ? 0 : g;
    p += sign(previous) * length;
  });
}

void cocob(Run& run) {
  each<5>(run, [](float& p, float g, float& largest, float& absolute, float& sum, float& reward, float& start) {
    const float size = std::abs(g), won = reward + g * (p - start);
    largest = largest < size ? size : largest;
    absolute += size;
    sum += g;
    reward = won < 0 ? 0 : won;
    const float a = absolute + largest, b = 100 * largest;
    p = start + sum / (largest * (a < b ? b : a)) * (largest + reward);
  });
}

void schedule_free_sgd(Run& run) {
  const double c = 1 / run.next();  // all steps weigh alike
  const auto share = static_cast<float>(c), gain = static_cast<float>(1 - 0.9 * (1 - c));
  each<1>(run, [=](float& p, float g, float& base) {
    p += share * (base - p) + gain * g;
    base += g;
  });
}

}  // namespace hand
